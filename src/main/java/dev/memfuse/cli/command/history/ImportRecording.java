package dev.memfuse.cli.command.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Add the recording of an exported file.
@Command(name = "import", description = "Add the recording of an exported file.")
final class ImportRecording extends RecordingCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "File that 'history export' wrote.")
    private Path file = Path.of("");

    ImportRecording(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        standard.require(Files.isRegularFile(file), "There is no file " + file + ".");
        Manifest manifest = all.importFrom(file);
        print(manifest.id() + " imported: " + manifest.name());
    }
}
