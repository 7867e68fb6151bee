package dev.memfuse.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.postgres.program.ServerStartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class EmbeddedServerDbTest {
    private TestFolder folder;

    @BeforeEach
    void createFolder() throws IOException {
        folder = TestFolder.withCluster();
    }

    @AfterEach
    void deleteFolder() throws IOException {
        folder.close();
    }

    @Test
    void keepsDataPortAndPasswordBetweenRuns() throws SQLException {
        int port;
        String password;
        try (EmbeddedServer first = folder.start()) {
            Sql.run(first, "CREATE TABLE kept AS SELECT 42 AS answer");
            port = first.port();
            password = first.password();
        }

        try (EmbeddedServer second = folder.start()) {
            assertEquals("42", Sql.value(second, "SELECT answer FROM kept"));
            assertEquals(port, second.port());
            assertEquals(password, second.password());
            assertEquals("memfuse", Sql.value(second, "SELECT current_database()"));
        }
    }

    @Test
    void reportsEachStepOfTheStart() throws IOException {
        var steps = new ArrayList<String>();

        try (var fresh = TestFolder.create()) {
            EmbeddedServer.start(fresh.options(), progress -> steps.add(progress.phase())).close();
            EmbeddedServer.start(fresh.options(), progress -> steps.add(progress.phase())).close();
        }

        assertEquals(List.of("Creating the database", "Starting the server", "Starting the server"),
                steps.stream().filter(step -> !step.startsWith("Unpacking")).toList());
    }

    @Test
    void storesThePasswordOnlyInAPrivateFile() throws IOException {
        try (EmbeddedServer server = folder.start()) {
            String password = server.password();

            assertEquals("rw-------", PosixFilePermissions
                    .toString(Files.getPosixFilePermissions(new ServerFolder(folder.path()).password())));
            assertTrue(password.length() >= 32, "too short to be random: " + password.length());
            assertEquals(List.of(), ProcessHandle.allProcesses()
                    .filter(process -> process.info().commandLine().orElse("").contains(password)).toList());
            assertFalse(Files.readString(new ServerFolder(folder.path()).log()).contains(password));
            assertEquals(List.of("password"), filesThatContain(password));
        }
    }

    @Test
    void refusesAWrongPassword() {
        try (EmbeddedServer server = folder.start()) {
            SQLException failure = assertThrows(SQLException.class,
                    () -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "wrong"));

            assertEquals("28P01", failure.getSQLState());
        }
    }

    @Test
    void usesAnotherPortWhenTheLastOneIsBusy() throws IOException, SQLException {
        int port;
        try (EmbeddedServer first = folder.start()) {
            port = first.port();
        }

        try (var listener = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                EmbeddedServer second = folder.start()) {
            assertEquals(port, listener.getLocalPort());
            assertNotEquals(port, second.port());
            assertEquals("1", Sql.value(second, "SELECT 1"));
        }
    }

    @Test
    void refusesASecondServerInTheSameFolder() throws SQLException {
        try (EmbeddedServer first = folder.start()) {
            var failure = assertThrows(ServerStartException.class, folder::start);

            assertEquals("MemFuse is already running (process " + ProcessHandle.current().pid() + ") with the data in "
                    + folder.path() + ".", failure.problem());
            assertTrue(failure.advice().contains("--ephemeral") && failure.advice().contains("--data-dir"),
                    failure.advice());
            assertEquals("1", Sql.value(first, "SELECT 1"));
        }
    }

    @Test
    void deletesTemporaryDataOnClose() throws IOException, SQLException {
        Path data;
        try (EmbeddedServer server = EmbeddedServer.start(ServerOptions.temporary(folder.path()), progress -> {})) {
            data = server.dataDirectory();
            Sql.run(server, "CREATE TABLE temporary_table (id int)");
            assertTrue(Files.exists(data.resolve("cluster/PG_VERSION")));
        }

        assertFalse(Files.exists(data));
        try (Stream<Path> left = Files.list(data.getParent())) {
            assertEquals(List.of("take.lock"), left.map(path -> path.getFileName().toString()).toList());
        }
    }

    @Test
    void aSecondCloseHasNoEffect() throws IOException {
        EmbeddedServer server = folder.start();

        server.close();
        server.close();

        assertFalse(Files.exists(PostmasterPid.file(folder.cluster())));
    }

    private List<String> filesThatContain(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder.path())) {
            var found = new ArrayList<String>();
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !file.endsWith("instance.lock"))
                    .toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(folder.path().relativize(file).toString());
                }
            }
            return found;
        }
    }
}
