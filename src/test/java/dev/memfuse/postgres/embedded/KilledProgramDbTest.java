package dev.memfuse.postgres.embedded;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
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
    void theServerOfAKilledProgramStopsWithinFiveSecondsAndTheNextStartRecovers() throws Exception {
        try (var other = ServerChild.start(folder.path(), "kept")) {
            PostmasterPid server = other.server();
            other.kill();
            assertStops(server);
        }

        try (EmbeddedServer next = folder.start()) {
            assertEquals("42", Sql.value(next, "SELECT answer FROM kept"));
        }
    }

    @Test
    void theGuardOutlivesTheProcessGroupOfTheProgram() throws Exception {
        try (var other = ServerChild.start(folder.path(), "kept")) {
            PostmasterPid server = other.server();
            other.killGroup();
            assertStops(server);
        }
    }

    @Test
    void theTemporaryFolderOfAKilledProgramIsDeleted() throws Exception {
        try (var other = ServerChild.start(folder.path(), "temporary")) {
            PostmasterPid server = other.server();
            other.kill();
            assertStops(server);
            await("the end of the folder", () -> !Files.exists(other.data()));
        }
    }

    @Test
    void theGuardSurvivesTheSignalsOfATerminal() throws Exception {
        try (var other = ServerChild.start(folder.path(), "kept")) {
            PostmasterPid server = other.server();
            ProcessHandle guard = other.guard();
            for (String signal : List.of("INT", "HUP", "TERM", "INT")) {
                signal(guard, signal);
            }
            other.kill();
            assertStops(server);
            await("the end of the guard", () -> !guard.isAlive());
        }
    }

    @Test
    void theProgramStartsAnotherGuardForOneThatDied() throws Exception {
        try (var other = ServerChild.start(folder.path(), "kept")) {
            PostmasterPid server = other.server();
            ProcessHandle first = other.guard();
            first.destroyForcibly();
            await("another guard", () -> other.guards().anyMatch(guard -> guard.pid() != first.pid()));
            assertTrue(server.isRunning());
            other.kill();
            assertStops(server);
        }
    }

    @Test
    void theGuardLeavesTheServerOfAnotherProgramAlone() throws Exception {
        try (var other = ServerChild.start(folder.path(), "kept")) {
            PostmasterPid abandoned = other.server();
            ProcessHandle guard = other.guard();
            signal(guard, "STOP");
            other.kill();
            assertTrue(abandoned.isRunning());

            try (EmbeddedServer next = folder.start()) {
                assertFalse(abandoned.isRunning());
                signal(guard, "CONT");
                await("the end of the guard", () -> !guard.isAlive());
                assertEquals("42", Sql.value(next, "SELECT answer FROM kept"));
            }
        }
    }

    @Test
    void theGuardKnowsAServerThatWasRestarted() throws Exception {
        try (var other = ServerChild.start(folder.path(), "restarting")) {
            PostmasterPid server = other.server();
            other.kill();
            assertStops(server);
        }
    }

    @Test
    void theGuardEndsWithTheServer() throws Exception {
        EmbeddedServer server = folder.start();
        Process guard = server.guard().process();
        server.close();
        assertTrue(guard != null && guard.waitFor(10, TimeUnit.SECONDS));
    }

    private static void assertStops(PostmasterPid server) {
        long killed = System.nanoTime();
        await("the end of the server", () -> !server.isRunning());
        assertTrue(System.nanoTime() - killed < TimeUnit.SECONDS.toNanos(5), "later than after 5 s");
    }

    private static void signal(ProcessHandle process, String name) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor());
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
    void deletesTemporaryDataAndStopsTheServerOfAKilledProgramWithoutGuard() throws Exception {
        ServerChild other = ServerChild.start(folder.path(), "temporary");
        try (other) {
            PostmasterPid abandoned = other.server();
            ProcessHandle guard = other.guard();
            signal(guard, "STOP");
            other.kill();
            guard.destroyForcibly();
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
