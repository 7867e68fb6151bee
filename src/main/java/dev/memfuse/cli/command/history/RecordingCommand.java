package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

import dev.memfuse.cli.option.DataFolderArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Recordings;
import picocli.CommandLine.Mixin;

/// A command on the recordings of a data folder.
abstract class RecordingCommand implements Callable<Integer> {
    static final String ID = "Id, a unique beginning of an id, or 'last'.";

    private final Function<Optional<Path>, Recordings> recordings;
    private final Terminal terminal;

    @Mixin
    final StandardOptions standard = new StandardOptions();

    @Mixin
    private final DataFolderArguments folder = new DataFolderArguments();

    RecordingCommand(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        this.recordings = recordings;
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        run(recordings.apply(folder.dataFolder()));
        return ExitCodes.FINE;
    }

    /// Does the work.
    abstract void run(Recordings all);

    final void print(List<String> lines) {
        terminal.print(lines);
    }

    final void print(String line) {
        terminal.print(List.of(line));
    }
}
