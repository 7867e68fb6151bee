package dev.memfuse.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;

import dev.memfuse.file.FolderRemoval;
import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.postgres.program.ServerPrograms;
import dev.memfuse.postgres.program.ServerStartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class ServerFailureDbTest {
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
    void recoversAfterTheServerWasKilled() throws IOException, SQLException {
        try (EmbeddedServer server = folder.start()) {
            Sql.run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            killServer();
        }
        assertTrue(Files.exists(PostmasterPid.file(folder.cluster())));

        try (EmbeddedServer next = folder.start()) {
            assertEquals("42", Sql.value(next, "SELECT answer FROM kept"));
        }
    }

    @Test
    void startsWhenAnotherProcessHasTheIdInTheStalePidFile() throws IOException, SQLException {
        try (EmbeddedServer server = folder.start()) {
            Sql.run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            killServer();
        }
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            Path file = PostmasterPid.file(folder.cluster());
            var lines = new ArrayList<>(Files.readAllLines(file));
            lines.set(0, Long.toString(other.pid()));
            Files.write(file, lines);

            try (EmbeddedServer next = folder.start()) {
                assertEquals("42", Sql.value(next, "SELECT answer FROM kept"));
            }
            assertTrue(other.isAlive());
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void startsWithAnIncompletePidFile() throws IOException, SQLException {
        Files.writeString(PostmasterPid.file(folder.cluster()), "");

        try (EmbeddedServer next = folder.start()) {
            assertEquals("1", Sql.value(next, "SELECT 1"));
        }
    }

    /// `postmaster.opts`, which the server writes at each start, is a link to `/dev/full`, a Linux device that fails
    /// each write as a full disk does.
    @Test
    void reportsAFullDisk() throws IOException {
        Path written = folder.cluster().resolve("postmaster.opts");
        Files.delete(written);
        Files.createSymbolicLink(written, Path.of("/dev/full"));

        var failure = assertThrows(ServerStartException.class, folder::start);

        assertEquals("The disk with " + folder.path() + " is full.", failure.problem());
        assertTrue(failure.detail().contains("No space left on device"), failure.detail());
        assertFalse(new ServerProcess(new ServerFolder(folder.path()), programs()).isRunning());
    }

    @Test
    void refusesDataOfAnotherMajorVersion() throws IOException {
        Files.writeString(folder.cluster().resolve("PG_VERSION"), "17\n");

        var failure = assertThrows(ServerStartException.class, folder::start);

        assertEquals("The folder " + folder.path() + " holds data of PostgreSQL 17, which this version cannot read.",
                failure.problem());
        assertTrue(failure.advice().contains("--data-dir"), failure.advice());
    }

    @Test
    void reportsWrongPermissionsOfTheFolder() throws IOException {
        Files.setPosixFilePermissions(folder.cluster(), PosixFilePermissions.fromString("rwxrwxrwx"));

        var failure = assertThrows(ServerStartException.class, folder::start);

        assertEquals("The folder " + folder.path() + " may not be used by this account.", failure.problem());
    }

    @Test
    void reportsAMissingPasswordFile() throws IOException {
        Path file = new ServerFolder(folder.path()).password();
        Files.delete(file);

        var failure = assertThrows(ServerStartException.class, folder::start);

        assertEquals("The file " + file + " with the database's password is missing.", failure.problem());
    }

    @Test
    void reportsAWrongPasswordFileAndStopsTheServer() throws IOException {
        Files.writeString(new ServerFolder(folder.path()).password(), "of another folder\n");

        var failure = assertThrows(ServerStartException.class, folder::start);

        assertTrue(failure.problem().startsWith("The database in " + folder.path() + " does not answer"),
                failure.problem());
        assertFalse(Files.exists(PostmasterPid.file(folder.cluster())));
    }

    @Test
    void startsAfterAFailedStart() throws IOException, SQLException {
        Path file = folder.cluster().resolve("PG_VERSION");
        Files.writeString(file, "17\n");
        assertThrows(ServerStartException.class, folder::start);
        Files.writeString(file, "18\n");

        try (EmbeddedServer next = folder.start()) {
            assertEquals("1", Sql.value(next, "SELECT 1"));
        }
    }

    @Test
    void replacesAnInterruptedCreation() throws IOException, SQLException {
        FolderRemoval.remove(folder.cluster());
        Files.createDirectories(folder.path().resolve("cluster.new/base"));
        Files.writeString(folder.path().resolve("cluster.new/PG_VERSION"), "18\n");

        try (EmbeddedServer server = folder.start()) {
            assertEquals("1", Sql.value(server, "SELECT 1"));
        }
        assertFalse(Files.exists(folder.path().resolve("cluster.new")));
    }

    @Test
    void reportsAFileInPlaceOfTheFolder() throws IOException {
        Path file = Files.createFile(folder.path().resolve("file"));

        var failure = assertThrows(ServerStartException.class,
                () -> EmbeddedServer.start(ServerOptions.keptIn(file), progress -> {}));

        assertEquals(file + " is a file where a folder is needed.", failure.problem());
    }

    @Test
    void stopsTheServerWhenTheStartIsInterrupted() throws IOException, SQLException {
        assertThrows(ServerStartException.class, () -> EmbeddedServer.start(folder.options(), progress -> {
            if (progress.phase().equals("Starting the server")) {
                Thread.currentThread().interrupt();
            }
        }));

        assertTrue(Thread.interrupted());
        assertFalse(new ServerProcess(new ServerFolder(folder.path()), programs()).isRunning());
        try (EmbeddedServer next = folder.start()) {
            assertEquals("1", Sql.value(next, "SELECT 1"));
        }
    }

    /// Linux allows nobody to create a folder there, not even root.
    @Test
    void reportsThatTheFolderCannotBeCreated() {
        Path forbidden = Path.of("/sys/kernel/memfuse");

        var failure = assertThrows(ServerStartException.class,
                () -> EmbeddedServer.start(ServerOptions.keptIn(forbidden), progress -> {}));

        assertEquals("The folder " + forbidden + " may not be used by this account.", failure.problem());
    }

    private void killServer() throws IOException {
        PostmasterPid.read(folder.cluster()).orElseThrow().kill();
    }

    private static ServerPrograms programs() throws IOException {
        return ServerPrograms.unpackedIn(TestServer.folder().resolve("programs"), ServerAccount.ofThisProcess(),
                progress -> {});
    }
}
