package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Give a recording another name.
@Command(name = "rename", description = "Give a recording another name.")
final class RenameRecording extends RecordingCommand {
    @Parameters(index = "0", paramLabel = "ID", description = ID)
    private String id = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "One line.")
    private String name = "";

    RenameRecording(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        Manifest manifest = all.update(id, old -> old.withName(name.strip()));
        print(manifest.id() + " is named \"" + manifest.name() + "\".");
    }
}
