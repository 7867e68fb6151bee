package dev.memfuse.bootstrap;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.store.TestFolders;
import dev.memfuse.store.pool.DatabaseTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever ends a program while an experiment restarts its server: the next start has the settings of the user and
/// every acknowledged message, and no process of the server is left.
@Tag("slow")
class KilledRestartTest {
    private static final String B = "64MB";
    /// The guard waits 13 s before it kills a server that reacts to nothing.
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Path data;

    @BeforeEach
    void createFolder() {
        data = TestFolders.create();
    }

    @AfterEach
    void removeFolder() {
        TestFolders.remove(data);
    }

    private static boolean isRestarting(String line) {
        return line.equals(RestartingProgram.RESTARTING);
    }

    private static boolean isRunning(String line) {
        return line.equals(RestartingProgram.RUNNING);
    }

    /// The moment of a trial.
    private static void pass(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static void signal(Stream<ProcessHandle> processes, String name) {
        processes.forEach(process -> {
            try {
                assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Returns the processes of the server, its guard and its control, of which the command line has the folder.
    private Stream<ProcessHandle> ofTheServer(RestartingProgram program) {
        return ProcessHandle.allProcesses().filter(process -> process.pid() != program.pid()
                && process.info().commandLine().filter(line -> line.contains(data.toString())).isPresent());
    }

    private Stream<ProcessHandle> postmaster(RestartingProgram program) {
        return ofTheServer(program).filter(process -> process.info().command()
                .filter(command -> command.endsWith("/postgres")).isPresent());
    }

    private void assertNoServer(RestartingProgram program) {
        long start = System.nanoTime();
        while (ofTheServer(program).findAny().isPresent()) {
            assertTrue(System.nanoTime() - start < LIMIT_NANOS, () -> "the server or its guard is left: "
                    + ofTheServer(program).map(process -> process.info().toString()).toList());
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// Starts the program again, as its user does.
    private void assertNextStartHasAll(SessionKey session, int acknowledged) {
        try (var graph = new AppGraph(RestartingProgram.options(data), new ProgramLog())) {
            graph.host().start();
            await("the engine is ready", () -> !(graph.host().state() instanceof EngineState.Starting));
            assertTrue(graph.host().state() instanceof EngineState.Ready, graph.host().state().toString());
            assertEquals(List.of(RestartingProgram.OWN), ask(graph, "SHOW shared_buffers"));
            assertEquals(Map.of("shared_buffers", RestartingProgram.OWN), graph.tunables().get().postgres().server());
            graph.host().engine().orElseThrow().flush();
            List<String> stored = ask(graph, "SELECT content FROM messages WHERE user_id = '" + session.userId()
                    + "' ORDER BY sequence");
            assertTrue(stored.size() >= acknowledged, stored.size() + " of " + acknowledged + " are left");
            for (int i = 0; i < stored.size(); i++) {
                assertEquals(RestartingProgram.TEXT + (i + 1), stored.get(i));
            }
        }
    }

    private static List<String> ask(AppGraph graph, String sql) {
        DatabaseTarget target = graph.host().target().orElseThrow();
        try (Connection connection = DriverManager.getConnection(target.url(), target.user(), target.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(String.valueOf(row.getString(1)));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// From before the stop of the server until some time after its start: a restart takes about half a second.
    @ParameterizedTest
    @ValueSource(ints = {0, 30, 100, 200, 300, 500, 1_500})
    void killedInTheRestartOfAnArm(int millis) throws Exception {
        try (RestartingProgram program = RestartingProgram.start(data, B)) {
            program.await("the first restart", KilledRestartTest::isRestarting);
            program.awaitStored();
            int before = program.printed();
            program.awaitAfter("the second restart", before, KilledRestartTest::isRestarting);
            pass(millis);

            int acknowledged = program.kill();

            assertTrue(acknowledged > 0);
            assertNoServer(program);
            assertNextStartHasAll(program.session(), acknowledged);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 500})
    void killedWhileTheSettingsOfTheUserReturn(int millis) throws Exception {
        try (RestartingProgram program = RestartingProgram.start(data, B)) {
            program.await("the first block", KilledRestartTest::isRunning);
            program.awaitStored();
            int before = program.printed();
            program.say("stop");
            program.awaitAfter("the last restart", before, KilledRestartTest::isRestarting);
            pass(millis);

            int acknowledged = program.kill();

            assertNoServer(program);
            assertNextStartHasAll(program.session(), acknowledged);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 250})
    void stoppedByTheUserInTheRestart(int millis) throws Exception {
        try (RestartingProgram program = RestartingProgram.start(data, B)) {
            program.await("the first block", KilledRestartTest::isRunning);
            program.awaitAfter("the second restart", program.printed(), KilledRestartTest::isRestarting);
            pass(millis);
            program.say("stop");

            String end = program.awaitEnd();

            assertTrue(end.contains("before its first pair"), end);
            program.awaitOwnSettings();
            program.awaitStored();
            int acknowledged = program.close("end");
            assertNoServer(program);
            assertNextStartHasAll(program.session(), acknowledged);
        }
    }

    /// The whole program ends in the restart, by Ctrl+C for instance.
    @ParameterizedTest
    @ValueSource(ints = {0, 250})
    void endedByTheUserInTheRestart(int millis) throws Exception {
        try (RestartingProgram program = RestartingProgram.start(data, B)) {
            program.await("the first block", KilledRestartTest::isRunning);
            program.awaitAfter("the second restart", program.printed(), KilledRestartTest::isRestarting);
            pass(millis);

            int acknowledged = program.close("end");

            assertNoServer(program);
            assertNextStartHasAll(program.session(), acknowledged);
        }
    }

    @Test
    void aServerThatDoesNotStartWithAnArmIsAsItWas() throws Exception {
        try (RestartingProgram program = RestartingProgram.start(data, "900GB")) {
            String end = program.awaitEnd();

            assertTrue(end.contains("PostgreSQL does not start with " + RestartingProgram.BUFFERS + "=900GB"), end);
            program.awaitOwnSettings();
            program.awaitStored();
            int acknowledged = program.close("end");
            assertNoServer(program);
            assertNextStartHasAll(program.session(), acknowledged);
        }
    }

    @Test
    void killedWhileAServerThatRefusesAnArmStartsAsBefore() throws Exception {
        try (RestartingProgram program = RestartingProgram.start(data, "900GB")) {
            program.await("the first restart", KilledRestartTest::isRestarting);
            await("the end of the first server", () -> postmaster(program).findAny().isEmpty());
            pass(300);

            int acknowledged = program.kill();

            assertNoServer(program);
            assertNextStartHasAll(program.session(), acknowledged);
        }
    }

    @Test
    void aServerThatStandsStillEndsTheComparisonAndComesBackWithTheSettingsOfTheUser() throws Exception {
        try (RestartingProgram program = RestartingProgram.start(data, B)) {
            program.await("the first block", KilledRestartTest::isRunning);
            List<ProcessHandle> server = postmaster(program).toList();
            signal(server.stream(), "STOP");

            String end = program.awaitEnd();

            assertTrue(!end.isBlank(), end);
            signal(server.stream().filter(ProcessHandle::isAlive), "CONT");
            program.awaitOwnSettings();
            program.awaitStored();
            int acknowledged = program.close("end");
            assertNoServer(program);
            assertNextStartHasAll(program.session(), acknowledged);
        }
    }

    @Test
    void killedWhileTheServerStandsStill() throws Exception {
        try (RestartingProgram program = RestartingProgram.start(data, B)) {
            program.await("the first block", KilledRestartTest::isRunning);
            program.awaitStored();
            signal(postmaster(program), "STOP");

            int acknowledged = program.kill();

            assertNoServer(program);
            assertNextStartHasAll(program.session(), acknowledged);
        }
    }

    /// Nothing can be written for a while, as on a full disk.
    @Test
    void aFullDiskInTheRestartEndsTheComparisonAndTheSettingsOfTheUserReturn() throws Exception {
        try (RestartingProgram program = RestartingProgram.start(data, B)) {
            program.await("the first block", KilledRestartTest::isRunning);
            program.awaitStored();
            limit(program, "0:unlimited");

            String end = program.awaitEnd();

            assertTrue(!end.isBlank(), end);
            limit(program, "unlimited:unlimited");
            program.awaitOwnSettings();
            program.awaitStored();
            int acknowledged = program.close("end");
            assertNoServer(program);
            assertNextStartHasAll(program.session(), acknowledged);
        }
    }

    private static void limit(RestartingProgram program, String size) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("prlimit", "--pid", Long.toString(program.pid()), "--fsize=" + size).start()
                .waitFor());
    }
}
