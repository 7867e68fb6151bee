package dev.memfuse.bootstrap;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.host.DatabaseChoice;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.probe.Credentials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connecting to a database with settings of its own.
@Tag("db")
class ConnectWithSettingsDbTest {
    @TempDir
    private Path folder;
    private final List<String> steps = new ArrayList<>();

    private AppGraph started(TestServer.TestDatabase place) {
        AppGraph graph = new AppGraph(
                new LaunchOptions(Optional.empty(), Optional.empty(), Map.of("postgres.url", place.jdbcUrl()),
                        Optional.empty(), Optional.of(folder), true, List.of()),
                new ProgramLog(), () -> new Credentials(Optional.of(place.user()), Optional.of(place.password())));
        graph.host().start();
        await("the engine is ready", () -> graph.host().state() instanceof EngineState.Ready);
        return graph;
    }

    private void step(AppGraph graph, String name) {
        steps.add(name + (graph.host().engine().isPresent() ? " while the engine runs" : ""));
    }

    private void connect(AppGraph graph, String url) throws Exception {
        graph.host().connect(new DatabaseChoice(url), () -> step(graph, "change"), () -> step(graph, "take back")).get(
                60,
                TimeUnit.SECONDS);
    }

    @Test
    void theSettingsChangeWhileNoEngineRuns() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        TestServer.TestDatabase other = TestServer.newDatabase();
        try (AppGraph graph = started(place)) {
            connect(graph, other.jdbcUrl());

            assertEquals(List.of("change"), steps);
            assertEquals(other.jdbcUrl(), graph.host().url());
        }
    }

    @Test
    void aCheckSaysWhetherADatabaseCanBeUsedAndTheEngineRunsOn() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        TestServer.TestDatabase other = TestServer.newDatabase();
        try (AppGraph graph = started(place)) {
            MemoryEngine engine = graph.host().engine().orElseThrow();
            graph.host().check(new DatabaseChoice(other.jdbcUrl())).get(60, TimeUnit.SECONDS);
            graph.host().check(new DatabaseChoice("")).get(60, TimeUnit.SECONDS);
            assertThrows(ExecutionException.class, () -> graph.host()
                    .check(new DatabaseChoice("jdbc:postgresql://127.0.0.1:1/none")).get(60, TimeUnit.SECONDS));

            assertEquals(place.jdbcUrl(), graph.host().url());
            assertSame(engine, graph.host().engine().orElseThrow());
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerChangesNoSetting() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        try (AppGraph graph = started(place)) {
            assertThrows(ExecutionException.class, () -> connect(graph, "jdbc:postgresql://127.0.0.1:1/none"));

            assertEquals(List.of(), steps);
            assertEquals(place.jdbcUrl(), graph.host().url());
        }
    }

    @Test
    void aStartThatFailsTakesTheSettingsBackBeforeTheEngineReturns() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        TestServer.TestDatabase closed = TestServer.newDatabase();
        try (Connection connection = closed.connect(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA rules");
            statement.execute("CREATE FUNCTION rules.refuse() RETURNS event_trigger LANGUAGE plpgsql "
                    + "AS $$ BEGIN RAISE EXCEPTION 'no changes today'; END $$");
            statement.execute("CREATE EVENT TRIGGER refuse ON ddl_command_start EXECUTE FUNCTION rules.refuse()");
        }
        try (AppGraph graph = started(place)) {
            assertThrows(ExecutionException.class, () -> connect(graph, closed.jdbcUrl()));

            assertEquals(List.of("change", "take back"), steps);
            assertEquals(place.jdbcUrl(), graph.host().url());
            assertTrue(graph.host().state() instanceof EngineState.Ready, graph.host().state().toString());
        }
    }

    @Test
    void settingsThatAreRefusedLeaveTheDatabaseBefore() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        TestServer.TestDatabase other = TestServer.newDatabase();
        try (AppGraph graph = started(place)) {
            ExecutionException refused = assertThrows(ExecutionException.class,
                    () -> graph.host().connect(new DatabaseChoice(other.jdbcUrl()), () -> {
                        throw new IllegalArgumentException("The profile does not fit.");
                    }, () -> step(graph, "take back")).get(60, TimeUnit.SECONDS));

            assertTrue(refused.toString().contains("The profile does not fit."), refused.toString());
            assertEquals(List.of("take back"), steps);
            assertEquals(place.jdbcUrl(), graph.host().url());
            graph.host().engine().orElseThrow().createUser("still here");
        }
    }
}
