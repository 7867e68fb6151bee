package dev.memfuse.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import dev.memfuse.postgres.program.ServerStartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class KilledProgramDbTest {
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
    void refusesTheFolderOfAnotherRunningProgram() throws IOException {
        try (var other = ServerChild.start(folder.path(), "kept")) {
            var failure = assertThrows(ServerStartException.class, folder::start);

            assertEquals("MemFuse is already running (process " + other.process().pid() + ") with the data in "
                    + folder.path() + ".", failure.problem());
            assertTrue(other.server().isRunning());
        }
    }

    @Test
    void replacesTheServerOfAKilledProgram() throws IOException, InterruptedException, SQLException {
        PostmasterPid abandoned;
        try (var other = ServerChild.start(folder.path(), "kept")) {
            abandoned = other.server();
            other.kill();
        }
        assertTrue(abandoned.isRunning());

        try (EmbeddedServer next = folder.start()) {
            assertFalse(abandoned.isRunning());
            assertEquals("42", Sql.value(next, "SELECT answer FROM kept"));
        }
    }

    @Test
    void leavesNoServerWhenTheProgramEndsDuringTheStart() throws IOException, InterruptedException {
        try (var other = ServerChild.start(folder.path(), "ending")) {
            assertTrue(other.process().waitFor(60, TimeUnit.SECONDS));

            String log = Files.readString(new ServerFolder(folder.path()).log());
            assertTrue(log.contains("database system is ready"), log);
            assertFalse(PostmasterPid.read(new ServerFolder(folder.path()).cluster())
                    .map(PostmasterPid::isRunning).orElse(false));
        }
    }

    @Test
    void deletesTemporaryDataAndStopsTheServerOfAKilledProgram() throws IOException, InterruptedException {
        ServerChild other = ServerChild.start(folder.path(), "temporary");
        try (other) {
            PostmasterPid abandoned = other.server();
            other.kill();
            assertTrue(abandoned.isRunning());

            EmbeddedServer.start(ServerOptions.temporary(folder.path()), progress -> {}).close();

            assertFalse(abandoned.isRunning());
            assertFalse(Files.exists(other.data()));
        }
    }

    @Test
    void stopsWhenTheProgramEndsWithoutClosingIt() throws IOException, InterruptedException {
        try (var other = ServerChild.start(folder.path(), "leaving")) {
            assertTrue(other.process().waitFor(60, TimeUnit.SECONDS));

            assertFalse(Files.exists(PostmasterPid.file(folder.cluster())));
            assertEquals(0, other.process().exitValue());
        }
    }
}
