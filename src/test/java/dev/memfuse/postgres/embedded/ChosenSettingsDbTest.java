package dev.memfuse.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

import dev.memfuse.config.ConfigException;
import dev.memfuse.postgres.program.ServerStartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Settings that a configuration chooses for the embedded server.
@Tag("db")
class ChosenSettingsDbTest {
    private TestFolder folder;

    @BeforeEach
    void createFolder() throws IOException {
        folder = TestFolder.withCluster();
    }

    @AfterEach
    void deleteFolder() throws IOException {
        folder.close();
    }

    private EmbeddedServer start(Map<String, String> chosen) {
        return EmbeddedServer.start(folder.options().withChosen(chosen), progress -> {});
    }

    @Test
    void theServerStartsWithThemAndWithoutThemTheNextTime() throws SQLException {
        try (EmbeddedServer server = start(Map.of("shared_buffers", "32MB", "work_mem", "9MB"))) {
            assertEquals("32MB", Sql.value(server, "SHOW shared_buffers"));
            assertEquals("9MB", Sql.value(server, "SHOW work_mem"));
        }
        try (EmbeddedServer server = start(Map.of())) {
            assertEquals("128MB", Sql.value(server, "SHOW shared_buffers"));
            assertEquals("4MB", Sql.value(server, "SHOW work_mem"));
        }
    }

    @Test
    void aReloadIsInForceForTheNextStatementAndReturnsToTheDefault() throws SQLException {
        try (EmbeddedServer server = start(Map.of())) {
            assertTrue(server.apply(Map.of("synchronous_commit", "off", "work_mem", "9MB")));
            assertEquals("off 9MB", Sql.value(server,
                    "SELECT current_setting('synchronous_commit') || ' ' || current_setting('work_mem')"));
            assertFalse(server.apply(Map.of("synchronous_commit", "off", "work_mem", "9MB")));

            assertTrue(server.apply(Map.of()));
            assertEquals("on 4MB", Sql.value(server,
                    "SELECT current_setting('synchronous_commit') || ' ' || current_setting('work_mem')"));
        }
    }

    /// As on a full disk: a folder stands where the file is drafted.
    @Test
    void settingsThatCannotBeWrittenAreTriedAgain() throws Exception {
        try (EmbeddedServer server = start(Map.of("work_mem", "9MB"))) {
            Path draft = Files.createDirectory(server.dataDirectory().resolve("cluster/memfuse.conf.new"));
            assertThrows(ServerStartException.class, () -> server.apply(Map.of("work_mem", "7MB")));
            assertThrows(ServerStartException.class, server::applyPending);
            assertEquals("9MB", Sql.value(server, "SHOW work_mem"));

            Files.delete(draft);
            server.applyPending();

            assertEquals("7MB", Sql.value(server, "SHOW work_mem"));
        }
    }

    /// The server of a restart that could write nothing is started again by its supervisor.
    @Test
    void aServerThatComesBackHasTheSettingsThatCouldNotBeWritten() throws Exception {
        try (EmbeddedServer server = start(Map.of("shared_buffers", "32MB"))) {
            assertTrue(server.apply(Map.of("shared_buffers", "16MB")));
            Path draft = Files.createDirectory(server.dataDirectory().resolve("cluster/memfuse.conf.new"));
            assertThrows(ServerStartException.class, () -> server.apply(Map.of("shared_buffers", "32MB")));
            assertThrows(ServerStartException.class, server::restart);
            assertThrows(ServerStartException.class, server::restartIfDead);

            Files.delete(draft);

            assertTrue(server.restartIfDead());
            assertEquals("32MB", Sql.value(server, "SHOW shared_buffers"));
        }
    }

    @Test
    void aValueIsRefusedInTheWordsOfPostgresqlBeforeAnythingChanges() throws SQLException {
        try (EmbeddedServer server = start(Map.of())) {
            ConfigException refused = assertThrows(ConfigException.class,
                    () -> server.check(Map.of("work_mem", "1kB", "wal_compression", "zip", "jit", "off")));

            assertEquals("postgres.server.wal_compression: PostgreSQL does not accept it: invalid value for parameter "
                    + "\"wal_compression\": \"zip\". Available values: pglz, on, off.\n"
                    + "postgres.server.work_mem: PostgreSQL does not accept it: 1 kB is outside the valid range for "
                    + "parameter \"work_mem\" (64 kB .. 2147483647 kB).", refused.getMessage());
            assertEquals("4MB", Sql.value(server, "SHOW work_mem"));
        }
    }

    @Test
    void aValueWithQuotesAndBackslashesStaysAValue() throws SQLException {
        String odd = "x' \\ \"y\"";
        try (EmbeddedServer server = start(Map.of())) {
            assertTrue(server.apply(Map.of("cluster_name", odd)));
            assertEquals(odd, Sql.value(server, "SELECT setting FROM pg_file_settings WHERE name = 'cluster_name'"));
        }
    }

    @Test
    void aServerThatCannotStartWithASettingNamesItAndTheWayBack() throws SQLException {
        ServerStartException failure = assertThrows(ServerStartException.class,
                () -> start(Map.of("shared_buffers", "900GB", "work_mem", "9MB")).close());

        assertTrue(failure.problem().contains("PostgreSQL does not start with postgres.server.shared_buffers=900GB"),
                failure.problem());
        assertTrue(failure.advice().contains("--set postgres.server.shared_buffers="), failure.advice());
        try (EmbeddedServer server = start(Map.of())) {
            assertEquals("128MB", Sql.value(server, "SHOW shared_buffers"));
        }
    }

    @Test
    void settingsThatDoNotFitTogetherAreNamed() {
        ServerStartException failure = assertThrows(ServerStartException.class,
                () -> start(Map.of("max_connections", "2")).close());

        assertEquals("PostgreSQL does not start with postgres.server.max_connections=2: "
                + "\"superuser_reserved_connections\" (3) plus \"reserved_connections\" (0) must be less than "
                + "\"max_connections\" (2).", failure.problem());
    }

    @Test
    void aRestartTakesOverWhatNeedsIt() throws SQLException {
        try (EmbeddedServer server = start(Map.of("shared_buffers", "32MB"))) {
            int port = server.port();
            assertTrue(server.apply(Map.of("shared_buffers", "64MB", "work_mem", "9MB")));
            assertEquals("32MB", Sql.value(server, "SHOW shared_buffers"));

            server.restart();

            assertEquals(port, server.port());
            assertEquals("64MB", Sql.value(server, "SHOW shared_buffers"));
            assertEquals("9MB", Sql.value(server, "SHOW work_mem"));
        }
    }

    @Test
    void aServerThatDoesNotRestartRunsWithTheSettingsOfItsLastStart() throws SQLException {
        try (EmbeddedServer server = start(Map.of("shared_buffers", "32MB"))) {
            assertTrue(server.apply(Map.of("shared_buffers", "900GB")));

            ServerStartException failure = assertThrows(ServerStartException.class, server::restart);

            assertTrue(failure.problem().startsWith(
                    "PostgreSQL does not start with postgres.server.shared_buffers=900GB: could not map"),
                    failure.problem());
            assertEquals("32MB", Sql.value(server, "SHOW shared_buffers"));
            assertFalse(server.restartIfDead());
            server.restart();
            assertEquals("32MB", Sql.value(server, "SHOW shared_buffers"));
        }
    }

    @Test
    void aRestartAfterACrashKeepsThem() throws SQLException, IOException {
        try (EmbeddedServer server = start(Map.of())) {
            assertTrue(server.apply(Map.of("work_mem", "9MB")));
            PostmasterPid.read(folder.cluster()).orElseThrow().kill();

            assertTrue(server.restartIfDead());
            assertEquals("9MB", Sql.value(server, "SHOW work_mem"));
        }
    }
}
