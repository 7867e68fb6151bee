package dev.memfuse.bootstrap;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.file.FolderLock;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.probe.Credentials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("db")
class AppGraphDbTest {

    @TempDir
    private Path folder;

    @Test
    void theEngineStartsOnTheDatabaseOfTheUrl() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        LaunchOptions options = new LaunchOptions(Optional.empty(), Optional.empty(),
                Map.of("postgres.url", place.jdbcUrl()), Optional.empty(), Optional.of(folder), true, List.of());
        List<EngineState> states = new CopyOnWriteArrayList<>();
        try (AppGraph graph = new AppGraph(options, new ProgramLog(),
                () -> new Credentials(Optional.of(place.user()), Optional.of(place.password())))) {
            graph.host().onState(states::add);
            graph.host().start();
            await("the engine is ready", () -> !(graph.host().state() instanceof EngineState.Starting));
            assertTrue(graph.host().state() instanceof EngineState.Ready, graph.host().state().toString());

            graph.host().engine().orElseThrow().createUser("alice");
            assertTrue(graph.host().database().contains(place.jdbcUrl()), graph.host().database());
        }
        assertEquals(
                List.of(new EngineState.Stopping("Storing what is buffered", Duration.ofSeconds(30)),
                        new EngineState.Stopped()),
                states.subList(states.size() - 2, states.size()));
        try (Connection connection = place.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name FROM users")) {
            assertTrue(row.next());
            assertEquals("alice", row.getString(1));
        }
    }

    @Test
    void aDatabaseThatCannotBeUsedLeavesTheEngineOnTheOneBefore() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        LaunchOptions options = new LaunchOptions(Optional.empty(), Optional.empty(),
                Map.of("postgres.url", place.jdbcUrl()), Optional.empty(), Optional.of(folder), true, List.of());
        try (AppGraph graph = new AppGraph(options, new ProgramLog(),
                () -> new Credentials(Optional.of(place.user()), Optional.of(place.password())))) {
            graph.host().start();
            await("the engine is ready", () -> graph.host().state() instanceof EngineState.Ready);
            MemoryEngine engine = graph.host().engine().orElseThrow();
            List<EngineState> states = new CopyOnWriteArrayList<>();
            graph.host().onState(states::add);

            ExecutionException refused = assertThrows(ExecutionException.class,
                    () -> graph.host().connect("jdbc:postgresql://127.0.0.1:1/none").get(60, TimeUnit.SECONDS));

            assertInstanceOf(EngineException.class, refused.getCause());
            assertEquals(1, states.size(), states.toString());
            assertSame(engine, graph.host().engine().orElseThrow());
            engine.createUser("still here");
        }
    }

    @Test
    void anEngineThatDoesNotStartElsewhereReturnsToTheDatabaseBefore() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        TestServer.TestDatabase closed = TestServer.newDatabase();
        try (Connection connection = closed.connect(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA rules");
            statement.execute("CREATE FUNCTION rules.refuse() RETURNS event_trigger LANGUAGE plpgsql "
                    + "AS $$ BEGIN RAISE EXCEPTION 'no changes today'; END $$");
            statement.execute("CREATE EVENT TRIGGER refuse ON ddl_command_start EXECUTE FUNCTION rules.refuse()");
        }
        LaunchOptions options = new LaunchOptions(Optional.empty(), Optional.empty(),
                Map.of("postgres.url", place.jdbcUrl()), Optional.empty(), Optional.of(folder), true, List.of());
        try (AppGraph graph = new AppGraph(options, new ProgramLog(),
                () -> new Credentials(Optional.of(place.user()), Optional.of(place.password())))) {
            graph.host().start();
            await("the engine is ready", () -> graph.host().state() instanceof EngineState.Ready);

            ExecutionException refused = assertThrows(ExecutionException.class,
                    () -> graph.host().connect(closed.jdbcUrl()).get(60, TimeUnit.SECONDS));

            assertTrue(refused.toString().contains("in use again"), refused.toString());
            assertTrue(graph.host().state() instanceof EngineState.Ready, graph.host().state().toString());
            graph.host().engine().orElseThrow().createUser("still here");
            assertTrue(graph.host().database().contains(place.jdbcUrl()), graph.host().database());
        }
    }

    @Test
    void anErrorInTheChangeOfARestartLeavesTheEngineAsItWas() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        LaunchOptions options = new LaunchOptions(Optional.empty(), Optional.empty(),
                Map.of("postgres.url", place.jdbcUrl()), Optional.empty(), Optional.of(folder), true, List.of());
        try (AppGraph graph = new AppGraph(options, new ProgramLog(),
                () -> new Credentials(Optional.of(place.user()), Optional.of(place.password())))) {
            graph.host().start();
            await("the engine is ready", () -> graph.host().state() instanceof EngineState.Ready);

            ExecutionException refused = assertThrows(ExecutionException.class, () -> graph.host().restart(() -> {
                throw new NoClassDefFoundError("dev/memfuse/Main");
            }, () -> {}).get(60, TimeUnit.SECONDS));

            assertTrue(refused.toString().contains("The engine was not changed: java.lang.NoClassDefFoundError: "
                    + "dev/memfuse/Main. The settings before are in force again."), refused.toString());
            assertTrue(graph.host().state() instanceof EngineState.Ready, graph.host().state().toString());
            graph.host().engine().orElseThrow().createUser("still here");
        }
    }

    @Test
    void aChangeAskedForAfterTheEndIsAnsweredAtOnce() {
        AppGraph graph = new AppGraph(new LaunchOptions(Optional.empty(), Optional.empty(), Map.of(), Optional.empty(),
                Optional.of(folder), true, List.of()), new ProgramLog());
        graph.close();

        ExecutionException refused = assertThrows(ExecutionException.class,
                () -> graph.host().connect("").get(60, TimeUnit.SECONDS));

        assertTrue(refused.toString().contains("The program is ending."), refused.toString());
    }

    @Test
    void aFailedStartHasNothingToStore() {
        LaunchOptions options = new LaunchOptions(Optional.empty(), Optional.empty(),
                Map.of("postgres.url", "jdbc:postgresql://127.0.0.1:1/none"), Optional.empty(), Optional.of(folder),
                true,
                List.of());
        List<EngineState> states = new CopyOnWriteArrayList<>();
        try (AppGraph graph = new AppGraph(options, new ProgramLog())) {
            graph.host().onState(states::add);
            graph.host().start();
            await("the start fails", () -> graph.host().state() instanceof EngineState.Failed);
        }
        assertTrue(states.stream().noneMatch(EngineState.Stopping.class::isInstance), states.toString());
    }

    /// Journals and indexes hold texts, and whoever comes next must find them free.
    @Test
    void aFolderInUseNamesTheProcessThatUsesIt() throws Exception {
        LaunchOptions options = new LaunchOptions(Optional.empty(), Optional.empty(), Map.of(), Optional.empty(),
                Optional.of(folder), false, List.of());
        try (FolderLock _ = FolderLock.tryLock(folder.resolve("instance.lock")).orElseThrow();
                AppGraph graph = new AppGraph(options, new ProgramLog())) {
            graph.host().start();
            await("the start has failed", () -> graph.host().state() instanceof EngineState.Failed);

            EngineState.Failed failed = assertInstanceOf(EngineState.Failed.class, graph.host().state());
            assertEquals(OptionalLong.of(ProcessHandle.current().pid()), failed.usedBy(), failed.problem());
        }
    }

    @Test
    void theEnginesFoldersAreClosedToOthersAndFreeAfterIt() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        LaunchOptions options = new LaunchOptions(Optional.empty(), Optional.empty(),
                Map.of("postgres.url", place.jdbcUrl()), Optional.empty(), Optional.of(folder), true, List.of());
        try (AppGraph graph = new AppGraph(options, new ProgramLog(),
                () -> new Credentials(Optional.of(place.user()), Optional.of(place.password())))) {
            graph.host().start();
            await("the engine is ready", () -> graph.host().state() instanceof EngineState.Ready);
        }
        for (String name : List.of("journal", "index")) {
            assertEquals("rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))));
        }
        try (Stream<Path> files = Files.walk(folder.resolve("index"));
                FileChannel lock = FileChannel.open(
                        files.filter(file -> file.endsWith("lock")).findFirst().orElseThrow(),
                        StandardOpenOption.WRITE);
                FileLock taken = lock.tryLock()) {
            assertTrue(taken != null && taken.isValid());
        }
    }
}
