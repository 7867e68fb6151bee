package dev.memfuse.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.DatasetTable;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.dataset.DatasetCheck;
import dev.memfuse.load.dataset.DatasetReport;
import dev.memfuse.load.report.ResultJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Describes a data set and its problems without a database.
@Command(name = "dataset",
        description = "Check a data set: its form, its contents and every problem. Needs no database.",
        exitCodeList = {"0:a load would read it", "1:a load would refuse it", "2:wrong usage"})
public final class DatasetCommand implements Callable<Integer> {
    /// Work of the command.
    enum Action {
        CHECK
    }

    private final Terminal terminal;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Parameters(index = "0", paramLabel = "ACTION", description = "check.")
    @SuppressWarnings("UnusedVariable") // picocli refuses other actions
    private Action action = Action.CHECK;

    @Parameters(index = "1", paramLabel = "PATH",
            description = "File or folder: LoCoMo, LongMemEval, or JSON Lines of messages or chats.")
    private Path path = Path.of("");

    /// @param terminal receives the description
    public DatasetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        standard.require(Files.isReadable(path), "The data set " + path + " does not exist or cannot be read.");
        json.check(standard.outputs());
        DatasetReport report = DatasetCheck.of(path);
        terminal.print(DatasetTable.lines(report));
        json.write(() -> ResultJson.of(report), terminal);
        return report.loadable() ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
