package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Write a recording to one file, for another machine.
@Command(name = "export", description = "Write a recording to one file, for another machine.")
final class ExportRecording extends RecordingCommand {
    @Parameters(index = "0", paramLabel = "ID", description = ID)
    private String id = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Zip file to write. An existing file is replaced.")
    private Path file = Path.of("");

    ExportRecording(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        standard.outputs().file("FILE", file);
        Manifest manifest = all.exportTo(id, file);
        print(manifest.id() + " written to " + file);
    }
}
