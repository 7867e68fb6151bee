package dev.memfuse.bootstrap;

import static dev.memfuse.bootstrap.ReadOnlyDbTest.open;
import static dev.memfuse.bootstrap.ReadOnlyDbTest.ready;
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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.cli.command.HeadlessSession;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.scorecard.ScorecardPlan;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.tune.Goal;
import dev.memfuse.lab.tune.TunePlan;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.metrics.Operation;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerSettings;
import dev.memfuse.server.mcp.McpClients;
import dev.memfuse.store.TestFolders;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What works on a database, from outside or for hours, refuses one that is open read-only before it changes anything.
@Tag("db")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyWorkDbTest {
    private static final Set<String> READS = Set.of("queryMemory", "readMessages", "readKnowledge");

    private AppGraph graph;
    private HttpServer server;
    private SessionKey session;
    private UUID agent;
    private UUID message;

    @BeforeAll
    void fillAndOpen() throws Exception {
        TestDatabase place = TestServer.newDatabaseWithSchema();
        try (AppGraph writing = open(place, TestFolders.create(), Map.of())) {
            MemoryEngine engine = ready(writing);
            UUID user = engine.createUser("anna").id();
            agent = engine.sharedAgents().create("assistant", Optional.empty()).id();
            session = engine.createSession(user, engine.createAgent(user, "assistant").id(), "mcp").key();
            engine.addBatch(session, messages("Anna lives in Berlin."));
            engine.flush();
            message = engine.messages(session, 1, Order.OLDEST_FIRST).getFirst().id();
        }
        graph = open(place, TestFolders.create(), Map.of("postgres.read_only", "true"));
        ready(graph);
        server = graph.serverControl().start(ServerSettings.loopback(0));
    }

    @AfterAll
    void close() {
        graph.serverControl().stop();
        graph.close();
    }

    /// Returns a valid body of each operation that has one.
    private Map<String, String> bodies() {
        Map<String, String> bodies = new LinkedHashMap<>();
        for (String kind : List.of("User", "Agent")) {
            bodies.put("create" + kind, "{\"name\": \"x\"}");
            bodies.put("update" + kind, "{\"name\": \"x\"}");
        }
        bodies.put("createSession",
                "{\"user_id\": \"%s\", \"agent_id\": \"%s\", \"name\": \"x\"}".formatted(session.userId(), agent));
        bodies.put("updateSession", "{\"name\": \"x\"}");
        String ids = "{\"message_ids\": [\"%s\"]".formatted(message);
        String texts = "essages\": [{\"role\": \"user\", \"content\": \"x\"}]}";
        bodies.put("addMessages", "{\"m" + texts);
        bodies.put("updateMessages", ids + ", \"new_m" + texts);
        bodies.put("deleteMessages", ids + "}");
        bodies.put("readMessages", ids + "}");
        bodies.put("addKnowledge", "{\"knowledge\": [\"x\"]}");
        String facts = "{\"knowledge_ids\": [\"%s\"]".formatted(UUID.randomUUID());
        bodies.put("updateKnowledge", facts + ", \"new_knowledge\": [\"x\"]}");
        bodies.put("deleteKnowledge", facts + "}");
        bodies.put("readKnowledge", facts + "}");
        bodies.put("createApiKey", "{\"name\": \"x\"}");
        bodies.put("queryMemory", "{\"query\": \"Where does Anna live?\"}");
        return bodies;
    }

    private String path(String template) {
        String path = template.replace("{user_id}", session.userId().toString())
                .replace("{agent_id}", agent.toString()).replace("{session_id}", session.sessionId().toString());
        return path.replaceAll("\\{\\w+}", UUID.randomUUID().toString());
    }

    @Test
    void everyOperationOverHttpThatWritesIsForbidden() throws Exception {
        Set<String> forbidden = new TreeSet<>();
        Set<String> writes = new TreeSet<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            JsonNode described = JsonMapper.shared().readTree(send(client, "GET", "/openapi.json", "").body());
            described.get("paths").forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
                String name = operation.get("operationId").stringValue();
                if (method.equals("get")) {
                    return;
                }
                HttpResponse<String> answer = send(client, method.toUpperCase(Locale.ROOT), path(path),
                        bodies().getOrDefault(name, ""));
                if (READS.contains(name)) {
                    assertEquals(200, answer.statusCode(), name + " " + answer.body());
                    return;
                }
                writes.add(name);
                if (answer.statusCode() == 403 && answer.body().contains("open read-only")) {
                    forbidden.add(name);
                } else {
                    forbidden.add(name + " " + answer.statusCode() + " " + answer.body());
                }
            }));
        }

        assertEquals(writes, forbidden);
        assertTrue(writes.size() > 12, writes.toString());
    }

    private HttpResponse<String> send(HttpClient client, String method, String path, String body) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(server.url() + path))
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    @Test
    void toolsThatWriteAreRefusedWithTheSentenceAndCountNoError() {
        long errors = errors();
        try (McpSyncClient client = McpClients.http(server.url(), "/mcp/anna", "")) {
            for (Map.Entry<String, Map<String, Object>> call : Map.<String, Map<String, Object>>of("add_memory",
                    Map.of("text", "Anna moved."), "delete_memory", Map.of("messages", List.of(message.toString()),
                            "confirm", true))
                    .entrySet()) {
                CallToolResult refused = McpClients.call(client, call.getKey(), call.getValue());
                assertTrue(refused.isError(), call.getKey());
                assertEquals(ReadOnlyException.SENTENCE, McpClients.text(refused), call.getKey());
            }
            CallToolResult found = McpClients.call(client, "search_memory", Map.of("query", "Where does Anna live?"));
            assertTrue(McpClients.text(found).contains("Berlin"), McpClients.text(found));
        }
        assertEquals(errors, errors());
    }

    private long errors() {
        return Stream.of(Operation.values()).mapToLong(graph.metrics()::errors).sum();
    }

    @Test
    void experimentsAreRefusedAtTheirStartAndLeaveSettingsAndLoads() {
        LabGraph lab = graph.lab();
        MemFuseConfig before = graph.tunables().get();
        Arm arm = lab.arms().arm(Optional.empty(), List.of());
        Arm other = lab.arms().arm(Optional.empty(), List.of("postgres.pool_size=5"));
        Map<String, Executable> starts = new LinkedHashMap<>();
        starts.put("comparison", () -> lab.comparisons().start(new ComparisonPlan(arm, other,
                ScenarioDefaults.WORKLOAD, false, Metric.parse("query.p50"), 6, false, 0.03, 0)));
        starts.put("sweep", () -> lab.sweeps().start(
                new SweepPlan("postgres.pool_size", List.of(2.0, 4.0), before, ScenarioDefaults.WORKLOAD, 1)));
        starts.put("tuning", () -> lab.tunes().start(TunePlan.of(arm, Goal.parse("minimise query.p50"), Map.of(),
                List.of(), ScenarioDefaults.WORKLOAD, false, Duration.ofMinutes(1))));
        starts.put("scorecard", () -> lab.scorecards().start(ScorecardPlan.quick()));
        starts.put("advice", () -> lab.advice().start(new AdvicePlan(ScenarioDefaults.WORKLOAD, 0)));

        assertAll(starts.entrySet().stream()
                .map(start -> () -> assertThrows(ReadOnlyException.class, start.getValue(), start.getKey())));
        assertEquals(before, graph.tunables().get());
        assertEquals(Optional.empty(), lab.loads().reservedBy());
    }

    @Test
    void theBenchmarkAndADistributionAreRefused(@TempDir Path folder) throws Exception {
        DefaultProgramServices services = new DefaultProgramServices(new ProgramLog());
        try (HeadlessSession writing = services.start(options(folder, Map.of()), _ -> {})) {
            assertFalse(writing.database().isEmpty());
        }
        LaunchOptions readOnly = options(folder, Map.of("postgres.read_only", "true"));
        try (HeadlessSession reading = services.start(readOnly, _ -> {})) {
            assertThrows(ReadOnlyException.class, reading::bench);
        }

        assertThrows(ReadOnlyException.class, () -> services.distribute(readOnly, false, _ -> {}));
        assertFalse(assertThrows(RuntimeException.class,
                () -> services.distribute(readOnly, true, _ -> {})) instanceof ReadOnlyException);
    }

    private static LaunchOptions options(Path folder, Map<String, String> settings) {
        return new LaunchOptions(Optional.empty(), Optional.empty(), settings, Optional.empty(), Optional.of(folder),
                false, List.of());
    }
}
