package dev.memfuse.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.DistributionReport;
import dev.memfuse.engine.plan.ExplainedCall;
import dev.memfuse.engine.plan.PlanText;
import dev.memfuse.engine.plan.StatementPlan;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.metrics.stats.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Examines the database that the engine would use, explains its statements, or distributes its tables over a cluster.
@Command(name = "database", description = {"Examine a PostgreSQL: what is missing and what to do, and how it executes "
        + "the statements of the engine.",
        "Without --db, check and explain examine the embedded server. check changes nothing on another server; explain "
                + "executes the call in a transaction that is rolled back, and brings the schema up to date first, as "
                + "each start.",
        "distribute spreads the tables of the program over a cluster of Citus, by user."},
        exitCodeList = {"0:the engine can use the database; the plans were printed",
                "1:it cannot, or the database does not answer; with --strict also when there are warnings; distribute: "
                        + "the database is no cluster, or a statement is not sent to one shard",
                "2:wrong usage or configuration"})
public final class DatabaseCommand extends EngineCommand {
    private final ProgramServices services;

    /// What the command does.
    enum Action {
        CHECK,
        EXPLAIN,
        DISTRIBUTE
    }

    @Parameters(index = "0", paramLabel = "ACTION", description = "check: version, rights, encoding, extensions, "
            + "schema, pooler, standbys and settings. explain: the plans of the statements of a call, as executed "
            + "(EXPLAIN ANALYZE, BUFFERS). distribute: create, distribute and verify the tables on a coordinator of "
            + "Citus.")
    private Action action = Action.CHECK;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Call to explain; without it the calls "
            + "are listed.")
    private String name = "";

    @Option(names = "--user", paramLabel = "NAME", description = "User whose data explain reads; otherwise the first "
            + "one with messages.")
    private String user = "";

    @Option(names = "--strict", description = "Count warnings as failures.")
    private boolean strict;

    @Option(names = "--dry-run", description = "distribute: print the statements and change nothing.")
    private boolean dryRun;

    /// @param terminal receives the findings
    public DatabaseCommand(ProgramServices services, Terminal terminal) {
        super(services, terminal);
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        return switch (action) {
            case CHECK -> {
                check(name.isEmpty() && user.isEmpty(), "check takes neither NAME nor --user.");
                check(!dryRun, "--dry-run belongs to distribute. check changes nothing.");
                yield check(services.checkDatabase(launch.options(), terminal::progress));
            }
            case EXPLAIN -> {
                check(!strict, "--strict belongs to check.");
                check(!dryRun, "--dry-run belongs to distribute. explain rolls back.");
                yield explain();
            }
            case DISTRIBUTE -> {
                check(name.isEmpty() && user.isEmpty(), "distribute takes neither NAME nor --user.");
                check(!strict, "--strict belongs to check.");
                yield distributed(services.distribute(launch.options(), dryRun, terminal::progress));
            }
        };
    }

    private int explain() throws InterruptedException {
        List<StatementPlans.Call> calls = services.explainable();
        if (name.isEmpty()) {
            check(user.isEmpty(), "Name the call that --user is for; 'database explain' lists the calls.");
            TextTable table = new TextTable(3).row("name", "call", "");
            calls.forEach(call -> table.row(call.name(), call.title(), call.writes() ? "writes, rolled back" : ""));
            terminal.print(table.lines());
            return ExitCodes.FINE;
        }
        check(calls.stream().anyMatch(call -> call.name().equals(name)), "There is no call " + name + "; there are "
                + calls.stream().map(StatementPlans.Call::name).collect(Collectors.joining(", ")) + ".");
        return launcher.run(launch.options(), (session, _) -> explain(session.plans()));
    }

    private int explain(StatementPlans plans) {
        List<String> lines = new ArrayList<>();
        ExplainedCall explained = plans.explain(name, Optional.of(user).filter(given -> !given.isBlank()));
        lines.add(String.format(Locale.ROOT, "%s for user %s: %s sent %s, all rolled back.", explained.call(),
                explained.user(), Numbers.count(explained.statements().size(), "statement"),
                Numbers.count(explained.executions(), "time")));
        for (StatementPlan plan : explained.statements()) {
            lines.add("");
            lines.addAll(PlanText.of(plan));
        }
        terminal.print(lines);
        return ExitCodes.FINE;
    }

    private int distributed(DistributionReport report) {
        List<String> lines = new ArrayList<>();
        if (dryRun) {
            report.statements().forEach(statement -> lines.add(statement + ";"));
        }
        report.problems().forEach(problem -> lines.add("Problem: " + problem));
        if (report.problems().isEmpty()) {
            lines.add(report.statements().isEmpty()
                    ? "All tables are distributed."
                    : dryRun
                            ? "-- " + report.statements().size() + " statements are left. Nothing was changed."
                            : report.statements().size() + " statements distributed the tables.");
        }
        if (report.verified() > 0) {
            lines.add(report.verified() + " statements of requests are sent to one shard each.");
        }
        terminal.print(lines);
        return report.problems().isEmpty() ? ExitCodes.FINE : ExitCodes.FAILED;
    }

    private int check(DatabaseReport report) {
        List<String> lines = new ArrayList<>();
        if (!report.properties().isEmpty()) {
            TextTable table = new TextTable(2).row("property", "value");
            report.properties().forEach(property -> table.row(property.name(), property.value()));
            lines.addAll(table.lines());
            lines.add("");
        }
        lines.add((report.usable() ? "" : "Problem: ") + report.summary());
        report.warnings().forEach(warning -> lines.add("Warning: " + warning));
        terminal.print(lines);
        return report.usable() && (!strict || report.warnings().isEmpty()) ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
