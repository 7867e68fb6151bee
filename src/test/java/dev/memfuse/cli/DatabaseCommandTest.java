package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.DistributionReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The findings of `database check` and its exit codes.
class DatabaseCommandTest {
    private final FakeProgramServices services = new FakeProgramServices();
    private final StringWriter out = new StringWriter();

    @AfterEach
    void close() {
        services.close();
    }

    private int check(boolean usable, List<String> warnings, String... arguments) {
        services.databaseReport = new DatabaseReport(true, usable, usable ? "All is well." : "It is read-only.",
                List.of(new DatabaseReport.Property("Encoding", "UTF8")), warnings);
        return MemFuseCommand.run(services,
                new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), false), arguments);
    }

    @Test
    void aUsableDatabaseIsFine() {
        assertEquals(0, check(true, List.of("fsync is off."), "database", "check"));

        String output = out.toString();
        assertTrue(output.contains("Encoding") && output.contains("UTF8"), output);
        assertTrue(output.contains("All is well.") && output.contains("Warning: fsync is off."), output);
    }

    @Test
    void explainListsTheCallsAndPrintsThePlansOfOne() {
        assertEquals(0, check(true, List.of(), "database", "explain", "--ephemeral"));
        assertTrue(out.toString().contains("delete-user") && out.toString().contains("writes, rolled back"),
                out.toString());

        assertEquals(0, check(true, List.of(), "database", "explain", "page-messages", "--user", "alice",
                "--ephemeral"));
        String output = out.toString();
        assertTrue(output.contains("page-messages for user alice: 2 statements sent 51 times, all rolled back."),
                output);
        assertTrue(output.contains("<- slowest") && output.contains("sent 50 times (N+1)"), output);
        assertEquals(2, check(true, List.of(), "database", "check", "page-messages"));
        assertEquals(2, check(true, List.of(), "database", "explain", "page-messages", "--strict"));
    }

    @Test
    void problemsAndWithStrictWarningsFail() {
        assertEquals(1, check(false, List.of(), "database", "check", "--db", "jdbc:postgresql://host/db"));
        assertTrue(out.toString().contains("Problem: It is read-only."), out.toString());
        assertEquals(1, check(true, List.of("fsync is off."), "database", "check", "--strict"));
        assertEquals(0, check(true, List.of(), "database", "check", "--strict"));
        assertEquals(2, check(true, List.of(), "database", "repair"));
    }

    @Test
    void aDryRunOfDistributePrintsStatementsToCopy() {
        assertEquals(0, check(true, List.of(), "database", "distribute", "--dry-run"));

        assertTrue(out.toString().startsWith("SELECT 1;"), out.toString());
        assertEquals(List.of("dry run"), services.events);
    }

    @Test
    void distributeFailsWhileAStatementSpansShards() {
        assertEquals(0, check(true, List.of(), "database", "distribute"));
        assertTrue(out.toString().contains("15 statements of requests are sent to one shard each."), out.toString());

        services.distribution = new DistributionReport(List.of(), List.of("The statement spans 32 shards."), 14);
        assertEquals(1, check(true, List.of(), "database", "distribute"));
        assertTrue(out.toString().contains("Problem: The statement spans 32 shards."), out.toString());
        assertEquals(2, check(true, List.of(), "database", "check", "--dry-run"));
    }
}
