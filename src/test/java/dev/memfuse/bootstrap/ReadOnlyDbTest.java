package dev.memfuse.bootstrap;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Directories;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.Knowledge;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.postgres.probe.Credentials;
import dev.memfuse.postgres.probe.PgServerView;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerSettings;
import dev.memfuse.store.TestFolders;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;

/// A filled database that is open read-only, with work that a writing engine would do at once.
@Tag("db")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyDbTest {
    private static final String BERLIN = "Anna lives in Berlin.";
    private static final Map<String, String> LAYERS = Map.of("layers.m1.enabled", "true", "layers.m2.enabled", "true");

    private TestDatabase place;
    private AppGraph graph;
    private MemoryEngine engine;
    private SessionKey session;
    private UUID user;
    private Map<String, String> before;

    static AppGraph open(TestDatabase place, Path folder, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("postgres.url", place.jdbcUrl());
        AppGraph graph = new AppGraph(
                new LaunchOptions(Optional.empty(), Optional.empty(), all, Optional.empty(), Optional.of(folder), true,
                        List.of()),
                new ProgramLog(), () -> new Credentials(Optional.of(place.user()), Optional.of(place.password())));
        graph.host().start();
        await("the start ends", () -> !(graph.host().state() instanceof EngineState.Starting));
        return graph;
    }

    static MemoryEngine ready(AppGraph graph) {
        assertTrue(graph.host().state() instanceof EngineState.Ready, graph.host().state().toString());
        return graph.host().engine().orElseThrow();
    }

    @BeforeAll
    void fillAndOpen() throws Exception {
        place = TestServer.newDatabase();
        try (AppGraph writing = open(place, TestFolders.create(), LAYERS)) {
            MemoryEngine full = ready(writing);
            user = full.createUser("anna").id();
            session = full.createSession(user, full.createAgent(user, "assistant").id(), "first").key();
            full.addBatch(session, messages(BERLIN, "Ben plays the piano."));
            full.sharedAgents().create("shared", Optional.empty());
            full.knowledge().add(user, List.of("Anna likes tea."));
            full.flush();
            assertTrue(full.awaitExtraction(Duration.ofMinutes(1)));
        }
        execute("UPDATE rounds SET m1_state = 'pending', m2_state = 'pending'", "DELETE FROM message_vectors",
                "UPDATE m2_semantic SET embedding_model = 'another'");
        before = contents();
        graph = open(place, TestFolders.create(), Map.of("postgres.read_only", "true"));
        engine = ready(graph);
    }

    @AfterAll
    void close() {
        graph.close();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = place.connect(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// Returns each table of the database with its rows and the transactions that wrote them.
    private Map<String, String> contents() throws SQLException {
        Map<String, String> contents = new LinkedHashMap<>();
        try (Connection connection = place.connect(); Statement statement = connection.createStatement()) {
            List<String> tables = Statements.query(connection, row -> row.getString(1),
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
            assertTrue(tables.size() > 10, tables.toString());
            for (String table : tables) {
                try (ResultSet row = statement
                        .executeQuery("SELECT count(*) || ' ' || coalesce(md5(string_agg(t.xmin::text"
                                + " || t::text, '' ORDER BY t::text)), '') FROM " + table + " t")) {
                    row.next();
                    contents.put(table, row.getString(1));
                }
            }
        }
        return contents;
    }

    private Map<String, Executable> changes() {
        UUID message = engine.messages(session, 1, Order.OLDEST_FIRST).getFirst().id();
        Directories directories = engine.directories();
        Map<String, Executable> changes = new LinkedHashMap<>();
        changes.put("user", () -> engine.createUser("ben"));
        changes.put("user of the same name", () -> engine.createUser("anna"));
        changes.put("agent", () -> engine.createAgent(user, "another"));
        changes.put("session", () -> engine.createSession(user, UUID.randomUUID(), null));
        changes.put("messages", () -> engine.addBatch(session, messages("Anna moved.")));
        changes.put("changed message",
                () -> engine.updateMessages(session, List.of(new MessageChange(message, Role.USER, "x"))));
        changes.put("deleted message", () -> engine.deleteMessages(session, List.of(message)));
        changes.put("deleted session", () -> engine.deleteSession(session));
        changes.put("deleted user", () -> engine.deleteUser(user));
        changes.put("import", () -> engine.importUser("copy", Stream::empty));
        changes.put("retried items", engine::retryFailed);
        changes.put("layer", () -> engine.layerBuild().start(DerivedLayer.M1, LayerBuild.Scope.MISSING));
        changes.put("vectors", () -> engine.reembedding().start());
        changes.put("letters", () -> engine.deadLetters().retry(List.of(UUID.randomUUID())));
        changes.put("discarded letters", () -> engine.deadLetters().discard(List.of(UUID.randomUUID())));
        changes.put("load user", () -> engine.loadData().createUser("load", "run"));
        changes.put("load run", () -> engine.loadData().holdRun("run", Duration.ofMinutes(1)));
        changes.put("end of a load run", () -> engine.loadData().endRun("run"));
        changes.put("described user", () -> directories.createUser("carl", "x"));
        changes.put("renamed user", () -> directories.updateUser(user, Optional.of("x"), Optional.empty()));
        changes.put("agent with an id", () -> directories.createAgent(user, UUID.randomUUID(), "x"));
        changes.put("renamed session", () -> directories.renameSession(session, "x"));
        changes.put("fact", () -> engine.knowledge().add(user, List.of("x")));
        changes.put("changed fact",
                () -> engine.knowledge().update(user, List.of(new Knowledge.Change(UUID.randomUUID(), "x"))));
        changes.put("deleted fact", () -> engine.knowledge().delete(user, List.of(UUID.randomUUID())));
        changes.put("shared agent", () -> engine.sharedAgents().create("x", Optional.empty()));
        changes.put("changed shared agent",
                () -> engine.sharedAgents().update(UUID.randomUUID(), Optional.of("x"), Optional.empty()));
        changes.put("deleted shared agent", () -> engine.sharedAgents().delete(UUID.randomUUID()));
        changes.put("key", () -> engine.apiKeys().create(Optional.empty(), Optional.empty(), Optional.empty()));
        changes.put("revoked key", () -> engine.apiKeys().revoke(Optional.empty(), UUID.randomUUID()));
        changes.put("load", () -> graph.lab().loads().start(ScenarioDefaults.WORKLOAD));
        changes.put("counters of statements", () -> new PgServerView(graph.host()::target).countStatements());
        return changes;
    }

    @Test
    void everyChangeIsRefusedAndNothingInTheDatabaseChanges() throws SQLException {
        assertAll(changes().entrySet().stream().map(change -> () -> {
            ReadOnlyException refused = assertThrows(ReadOnlyException.class, change.getValue(), change.getKey());
            assertEquals(ReadOnlyException.SENTENCE, refused.getMessage(), change.getKey());
        }));

        assertEquals(before, contents());
    }

    @Test
    void readsAreRight() throws SQLException {
        assertEquals(List.of(BERLIN, "Ben plays the piano."), engine.messages(session, 10, Order.OLDEST_FIRST)
                .stream().map(Message::content).toList());
        assertEquals(BERLIN, engine.query(user, "Where does Anna live?", 5).hits().getFirst().content());
        assertEquals(user, engine.user("anna").orElseThrow().id());
        assertFalse(engine.facts(user, FactQuery.current(10)).isEmpty());
        assertFalse(engine.episodes(user, EpisodeQuery.newest(10)).isEmpty());
        assertEquals(1, engine.inspection().users("", Optional.empty(), 10).size());
        assertEquals(1, engine.sessions(user).size());
        List<Object> exported = new ArrayList<>();
        engine.exportUser(user, exported::add);
        assertTrue(exported.size() > 3, exported.toString());
        engine.flush();
        assertTrue(engine.readOnly());
        assertEquals(before, contents());
    }

    @Test
    void anotherModelStartsNoWork() throws SQLException {
        graph.tunables().apply("test", now -> ConfigValues.with(now, "embedding.context", "none"));
        graph.tunables().apply("test", now -> ConfigValues.with(now, "embedding.context", "previous"));

        assertEquals(BERLIN, engine.query(user, "Where does Anna live?", 5).hits().getFirst().content());
        assertFalse(engine.reembedding().status().state().active());
        assertEquals(before, contents());
    }

    @Test
    void theServerRefusesWhatReachesIt() throws SQLException {
        var database = graph.host().stack().orElseThrow().database();
        assertEquals(List.of("on"), database.withConnection("read a setting", connection -> Statements
                .query(connection, row -> row.getString(1), "SHOW default_transaction_read_only")));

        assertThrows(ReadOnlyException.class, () -> database.withConnection("write",
                connection -> Statements.update(connection, "DELETE FROM messages")));
        assertThrows(ReadOnlyException.class, () -> database.inTransaction("write",
                connection -> Statements.update(connection, "DELETE FROM users")));

        assertEquals(BERLIN, engine.query(user, "Where does Anna live?", 5).hits().getFirst().content());
        assertEquals(before, contents());
    }

    @Test
    void plansOfReadsAreShownAndThoseOfWritesAreASentence() throws SQLException {
        List<StatementPlans.Call> calls = graph.host().plans().calls();
        StatementPlans.Call read = calls.stream().filter(call -> !call.writes()).findFirst().orElseThrow();
        StatementPlans.Call write = calls.stream().filter(StatementPlans.Call::writes).findFirst().orElseThrow();

        assertFalse(graph.host().plans().explain(read.name(), Optional.empty()).statements().isEmpty());
        EngineException refused = assertThrows(EngineException.class,
                () -> graph.host().plans().explain(write.name(), Optional.empty()));

        assertTrue(String.valueOf(refused.getMessage()).contains("read-only"), refused.getMessage());
        assertEquals(before, contents());
    }

    @Test
    void overHttpReadsAnswerAndChangesAreForbidden() throws Exception {
        HttpServer server = graph.serverControl().start(ServerSettings.loopback(0));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> list = client.send(HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/users"))
                    .build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> add = client.send(HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/users"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"ben\"}")).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertEquals(200, list.statusCode(), list.body());
            assertTrue(list.body().contains("anna"), list.body());
            assertEquals(403, add.statusCode(), add.body());
            assertTrue(add.body().contains("open read-only"), add.body());
        } finally {
            graph.serverControl().stop();
        }
        assertEquals(before, contents());
    }
}
