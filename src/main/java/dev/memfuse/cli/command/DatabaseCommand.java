package dev.memfuse.cli.command;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.load.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Examines the database that the engine would use.
@Command(name = "database", description = {"Examine a PostgreSQL: what is missing, and what to do.",
        "Without --db it examines the embedded server. Nothing is changed on another server."},
        exitCodeList = {"0:the engine can use the database",
                "1:it cannot, or the database does not answer; with --strict also when there are warnings",
                "2:wrong usage or configuration"})
public final class DatabaseCommand extends EngineCommand {
    private final ProgramServices services;

    /// What the command does.
    enum Action {
        CHECK
    }

    @Parameters(paramLabel = "ACTION", description = "check: version, rights, encoding, extensions, schema, pooler, "
            + "standbys and settings.")
    private Action action = Action.CHECK;

    @Option(names = "--strict", description = "Count warnings as failures.")
    private boolean strict;

    /// @param terminal receives the findings
    public DatabaseCommand(ProgramServices services, Terminal terminal) {
        super(services, terminal);
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        return switch (action) {
            case CHECK -> check(services.checkDatabase(launch.options(), terminal::progress));
        };
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
