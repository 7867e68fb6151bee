package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.RecordingTables;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Show a recording: verdict, figures, note and folder.
@Command(name = "show", description = "Show a recording: verdict, figures, note and folder.")
final class ShowRecording extends RecordingCommand {
    @Parameters(index = "0", paramLabel = "ID", description = ID)
    private String id = "";

    ShowRecording(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        Manifest manifest = all.open(id);
        print(RecordingTables.show(manifest, all.folder().resolve(manifest.id()).toString()));
    }
}
