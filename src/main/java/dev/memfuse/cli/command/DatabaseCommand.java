package dev.memfuse.cli.command;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.DistributionReport;
import dev.memfuse.load.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Examines the database that the engine would use, or distributes its tables over a cluster.
@Command(name = "database", description = {"Examine a PostgreSQL: what is missing, and what to do.",
        "Without --db, check examines the embedded server; it changes nothing on another server.",
        "distribute spreads the tables of the program over a cluster of Citus, by user."},
        exitCodeList = {"0:the engine can use the database",
                "1:it cannot, or the database does not answer; with --strict also when there are warnings; distribute: "
                        + "the database is no cluster, or a statement is not sent to one shard",
                "2:wrong usage or configuration"})
public final class DatabaseCommand extends EngineCommand {
    private final ProgramServices services;

    /// What the command does.
    enum Action {
        CHECK,
        DISTRIBUTE
    }

    @Parameters(paramLabel = "ACTION", description = "check: version, rights, encoding, extensions, schema, pooler, "
            + "standbys and settings. distribute: create, distribute and verify the tables on a coordinator of Citus.")
    private Action action = Action.CHECK;

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
                check(!dryRun, "--dry-run belongs to distribute. check changes nothing.");
                yield check(services.checkDatabase(launch.options(), terminal::progress));
            }
            case DISTRIBUTE -> distributed(services.distribute(launch.options(), dryRun, terminal::progress));
        };
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
