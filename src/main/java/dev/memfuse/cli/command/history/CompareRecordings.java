package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.RecordingTables;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.recording.SideBySide;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lay two recordings side by side. They are not paired, so there is no verdict.
@Command(name = "compare",
        description = "Lay two recordings side by side. They are not paired, so there is no verdict.")
final class CompareRecordings extends RecordingCommand {
    @Parameters(index = "0", paramLabel = "A", description = ID)
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = ID)
    private String b = "";

    CompareRecordings(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        print(RecordingTables.sideBySide(SideBySide.of(all, all.open(a), all.open(b))));
    }
}
