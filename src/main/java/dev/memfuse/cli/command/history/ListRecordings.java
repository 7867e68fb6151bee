package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.RecordingTables;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.RecordingEntry;
import dev.memfuse.load.recording.RecordingFilter;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.Recordings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists recordings, newest first.
@Command(name = "list", description = "List the recordings, newest first.")
final class ListRecordings extends RecordingCommand {
    @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind: load, comparison, scorecard, "
            + "sweep, advice, trial, tuning or observation.")
    private @Nullable RecordingKind kind;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only with this tag. May be repeated.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--text", paramLabel = "TEXT", description = "Only with this text in id, name, note or verdict.")
    private String text = "";

    @Option(names = "--pinned", description = "Only pinned ones.")
    private boolean pinned;

    ListRecordings(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        List<RecordingEntry> found = new RecordingFilter(text, Optional.ofNullable(kind), tags, pinned)
                .of(all.list());
        print(found.isEmpty() ? List.of("No recordings.") : RecordingTables.list(found));
    }
}
