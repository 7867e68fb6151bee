package dev.memfuse.postgres.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.store.search.VectorExtension;
import org.junit.jupiter.api.Test;

class ServerAssessmentTest {
    private static final ServerFacts.Settings GOOD = new ServerFacts.Settings("me", "db", 100, 97, "UTF8", "on", true,
            false);
    private static final ServerFacts.Rights ALL = new ServerFacts.Rights(false, true, true);

    @Test
    void reportsNoProblemOfASuitableServer() {
        DatabaseReport report = report(150_000, GOOD, ALL);

        assertTrue(report.usable());
        assertEquals("PostgreSQL test is ready for MemFuse.", report.summary());
        assertEquals(List.of(), report.warnings());
        assertTrue(report.properties().contains(new DatabaseReport.Property("max_connections", "100 (97 free)")));
        assertTrue(report.properties().contains(new DatabaseReport.Property("Round trip", "1.25 ms (median)")));
    }

    @Test
    void refusesAServerOlderThanFifteen() {
        assertEquals(
                "PostgreSQL test is too old: MemFuse needs version 15 or newer. Upgrade this server or choose another.",
                report(140_012, GOOD, ALL).summary());
    }

    @Test
    void refusesAStandby() {
        var standby = new ServerFacts.Settings("me", "db", 100, 97, "UTF8", "on", true, true);

        DatabaseReport report = report(180_006, standby, ALL);

        assertTrue(report.reachable());
        assertFalse(report.usable());
        assertEquals("This database is read-only (a standby, or set to read only): connect to the primary server, "
                + "or open it read-only.",
                report.summary());
    }

    @Test
    void refusesAUserWhoMayNotCreateTables() {
        DatabaseReport report = report(180_006, GOOD, new ServerFacts.Rights(false, false, false));

        assertTrue(report.summary().startsWith("User 'me' may not create tables in 'db'"), report.summary());
        assertTrue(report.properties().contains(
                new DatabaseReport.Property("Rights", "may not create tables, may not create schemas")));
    }

    @Test
    void warnsOfEachUnsuitableSetting() {
        var poor = new ServerFacts.Settings("me", "db", 20, 12, "UTF8", "off", false, false);

        List<String> warnings = report(180_006, poor, ALL).warnings();

        assertEquals(List.of("Only", "synchronous_commit", "fsync"),
                warnings.stream().map(warning -> warning.split(" ", 2)[0]).toList());
    }

    @Test
    void namesTheVersionOfPgvectorAndWarnsOfAnOldOne() {
        var vector = new DatabaseReport.Property("Extension vector", "installed (0.8.6)");
        DatabaseReport old = report(180_006, GOOD, ALL, new VectorExtension(null, "0.8.2"));

        assertTrue(report(180_006, GOOD, ALL).properties().contains(vector));
        assertTrue(old.usable());
        assertTrue(old.properties().contains(new DatabaseReport.Property("Extension vector", "available (0.8.2)")));
        assertEquals(
                List.of("Searches run in MemFuse and cannot run in this database. pgvector 0.8.2 is too old, 0.8.4 "
                        + "or newer is needed: install a newer one on the server, or set retrieval.backend to "
                        + "embedded."),
                old.warnings());
    }

    private static DatabaseReport report(int version, ServerFacts.Settings settings, ServerFacts.Rights rights) {
        return report(version, settings, rights, new VectorExtension("0.8.6", "0.8.6"));
    }

    private static DatabaseReport report(int version, ServerFacts.Settings settings, ServerFacts.Rights rights,
            VectorExtension vector) {
        var extensions = new ServerFacts.Extensions(vector, "installed");
        return new ServerAssessment(new ServerFacts(version, "test", settings, rights, extensions, 1_250_000), false)
                .report();
    }
}
