package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.RecordingEntry;
import dev.memfuse.load.recording.Recordings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Deletes recordings, also damaged ones.
@Command(name = "delete", description = "Delete recordings, also damaged ones.")
final class DeleteRecordings extends RecordingCommand {
    @Parameters(arity = "1..*", paramLabel = "ID", description = ID)
    private List<String> ids = new ArrayList<>();

    @Option(names = "--yes", description = "Confirm that they are lost; needed for pinned ones.")
    private boolean yes;

    DeleteRecordings(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        // All are found before the first is deleted: 'last' and beginnings of ids mean the list as it was shown.
        List<RecordingEntry> found = ids.stream().map(all::find).distinct().toList();
        for (RecordingEntry entry : found) {
            boolean pinned = entry instanceof RecordingEntry.Intact readable && readable.manifest().pinned();
            standard.require(yes || !pinned, entry.id() + " is pinned. Add --yes to delete it.");
        }
        for (RecordingEntry entry : found) {
            print(all.delete(entry.id()) + " deleted.");
        }
    }
}
