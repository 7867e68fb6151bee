package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Keeps a recording when old ones are removed for their size.
@Command(name = "pin", description = "Keep a recording when old ones are removed for their size.")
final class PinRecording extends RecordingCommand {
    @Parameters(index = "0", paramLabel = "ID", description = ID)
    private String id = "";

    @Option(names = "--off", description = "Do not keep it any longer.")
    private boolean off;

    PinRecording(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        Manifest manifest = all.update(id, old -> old.withPinned(!off));
        print(manifest.id() + (manifest.pinned() ? " is pinned." : " is not pinned."));
    }
}
