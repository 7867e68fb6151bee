package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.ScenarioTable;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.lab.scenario.Scenarios;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Checks a scenario without a database.
@Command(name = "scenario", description = "Check a scenario: every problem with its line, or what it does. Needs no "
        + "database.", exitCodeList = {"0:the scenario is valid", "2:wrong usage, or the scenario is not valid"})
public final class ScenarioCommand implements Callable<Integer> {
    /// Work of the command.
    enum Action {
        CHECK
    }

    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads its options
    private final StandardOptions standard = new StandardOptions();

    @Parameters(index = "0", paramLabel = "ACTION", description = "check.")
    @SuppressWarnings("UnusedVariable") // picocli refuses other actions
    private Action action = Action.CHECK;

    @Parameters(index = "1", paramLabel = "FILE",
            description = "YAML file, or the name of a shipped scenario: smoke, steady, spike, soak or outage.")
    private Path file = Path.of("");

    /// @param terminal receives the description
    public ScenarioCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.print(ScenarioTable.lines(Scenarios.read(file)));
        return ExitCodes.FINE;
    }
}
