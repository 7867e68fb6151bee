package dev.memfuse.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.target.FoundTarget;
import dev.memfuse.target.Targets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists the JVMs of this machine with HikariCP pools. A subcommand watches one.
@Command(name = "targets", description = {"List the JVMs of this machine that have HikariCP pools, of any program.",
        "Attaches to each JVM of this user and starts its management agent, which then listens on the loopback "
                + "address."},
        exitCodeList = {"0:success", "1:the target cannot be reached", "2:wrong usage"})
public final class TargetsCommand implements Callable<Integer> {
    private final Supplier<Targets> connector;
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final StandardOptions standard = new StandardOptions();

    @Option(names = "--all", description = "List JVMs without pools too.")
    private boolean all;

    private TargetsCommand(Supplier<Targets> connector, Terminal terminal) {
        this.connector = connector;
        this.terminal = terminal;
    }

    /// Returns the command with its subcommand.
    ///
    /// @param connector returns what finds JVMs; the command closes it
    /// @param terminal receives the list
    public static CommandLine line(Supplier<Targets> connector, Terminal terminal) {
        CommandLine line = new CommandLine(new TargetsCommand(connector, terminal));
        line.addSubcommand(new WatchTarget(connector, terminal));
        return line;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Targets targets = connector.get()) {
            print(targets.find());
        }
        return ExitCodes.FINE;
    }

    private void print(List<FoundTarget> found) {
        TextTable table = new TextTable(4).row("process", "JVM", "user", "pools");
        List<String> problems = new ArrayList<>();
        int rows = 0;
        for (FoundTarget target : found) {
            if (!target.problem().isEmpty()) {
                problems.add(target.jvm().name() + ": " + target.problem());
            }
            if (all || !target.pools().isEmpty()) {
                table.row(Long.toString(target.jvm().pid()), target.jvm().name(), target.jvm().user(),
                        String.join(", ", target.pools()));
                rows++;
            }
        }
        terminal.print(rows == 0
                ? List.of("No JVM of this user has a HikariCP pool with MBeans (registerMbeans=true). Asked: "
                        + found.size() + ".")
                : table.lines());
        problems.forEach(terminal::step);
    }
}
