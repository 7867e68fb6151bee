package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Recordings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/// The recordings of earlier runs. Its subcommands do the work.
@Command(name = "history", description = "List, show, compare, keep and exchange the recordings of earlier runs.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeList = {"0:success", "1:a recording cannot be read or written", "2:wrong usage"})
public final class HistoryCommand implements Callable<Integer> {
    private final CommandLine line;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final StandardOptions standard = new StandardOptions();

    private HistoryCommand() {
        this.line = new CommandLine(this);
    }

    /// Returns the command with its subcommands.
    ///
    /// @param recordings returns the recordings of a data folder; empty means the user's data folder
    /// @param terminal receives results
    public static CommandLine line(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        HistoryCommand command = new HistoryCommand();
        command.line.addSubcommand(new ListRecordings(recordings, terminal));
        command.line.addSubcommand(new ShowRecording(recordings, terminal));
        command.line.addSubcommand(new CompareRecordings(recordings, terminal));
        command.line.addSubcommand(new MeasuredEffects(recordings, terminal));
        command.line.addSubcommand(new RenameRecording(recordings, terminal));
        command.line.addSubcommand(new NoteRecording(recordings, terminal));
        command.line.addSubcommand(new TagRecording(recordings, terminal));
        command.line.addSubcommand(new PinRecording(recordings, terminal));
        command.line.addSubcommand(new DeleteRecordings(recordings, terminal));
        command.line.addSubcommand(new ReportRecording(recordings, terminal));
        command.line.addSubcommand(new ExportRecording(recordings, terminal));
        command.line.addSubcommand(new ImportRecording(recordings, terminal));
        return command.line;
    }

    @Override
    public Integer call() {
        throw new ParameterException(line, "Name what to do, for instance 'history list'.");
    }
}
