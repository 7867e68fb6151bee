package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Sampler;
import dev.memfuse.metrics.Stage;
import dev.memfuse.server.HttpFixture.Answer;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The calls that MemFuse's SDK makes in its quick start, with the bodies and headers that it sends.
@Tag("db")
class QuickStartDbTest {
    private static final Map<String, String> HEADERS = Map.of("Authorization", "Bearer any key of another server",
            "Accept", "*/*", "User-Agent", "python-requests/2.32.3");

    private static HttpFixture http;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    /// As the SDK: the health before each call.
    private static Answer call(String method, String path, String body) {
        Answer health = http.send("GET", "/api/v1/health", null, HEADERS);
        assertEquals(200, health.status());
        return http.send(method, "/api/v1" + path, body.isEmpty() ? null : body, HEADERS);
    }

    private static String id(Answer answer, String entity) {
        return answer.data().get(entity).get("id").stringValue();
    }

    @Test
    void theQuickStartOfTheSdkRuns() {
        assertEquals(404, call("GET", "/users?name=alice", "").status());
        Answer created = call("POST", "/users",
                "{\"name\": \"alice\", \"description\": \"User created by MemFuse client\"}");
        assertEquals(201, created.status());
        String user = id(created, "user");
        assertEquals(user, call("GET", "/users?name=alice", "").data().get("users").get(0).get("id").stringValue());
        String agent = id(call("POST", "/agents",
                "{\"name\": \"agent_default\", \"description\": \"Agent created by MemFuse client\"}"), "agent");
        // The SDK creates the agent each time and reads it after status 400.
        assertEquals(400,
                call("POST", "/agents", "{\"name\": \"agent_default\", \"description\": \"again\"}").status());
        assertEquals(agent,
                call("GET", "/agents?name=agent_default", "").data().get("agents").get(0).get("id").stringValue());
        assertEquals(404,
                call("GET", "/sessions?name=trip to Lisbon&user_id=".replace(" ", "%20") + user, "").status());
        Answer session = call("POST", "/sessions",
                "{\"user_id\": \"" + user + "\", \"agent_id\": \"" + agent + "\", \"name\": \"trip to Lisbon\"}");
        assertEquals(201, session.status());
        String sessionId = id(session, "session");
        assertEquals(agent, session.data().get("session").get("agent_id").stringValue());
        String messages = "/sessions/" + sessionId + "/messages";
        Answer added = call("POST", messages, "{\"messages\": [{\"role\": \"user\", \"content\": \"My dog is called "
                + "Rex\"}, {\"role\": \"assistant\", \"content\": \"A fine name \\ud83d\\udc36\"}]}");
        assertEquals(201, added.status());
        assertEquals(2, added.data().get("message_ids").size());
        Answer query = call("POST", "/users/" + user + "/query", "{\"query\": \"What is my dog called?\", "
                + "\"session_id\": \"" + sessionId + "\", \"agent_id\": \"" + agent + "\", \"top_k\": 5, "
                + "\"metadata\": {\"task\": \"qna\"}}");
        assertEquals(200, query.status());
        JsonNode best = query.data().get("results").get(0);
        assertEquals("My dog is called Rex", best.get("content").stringValue());
        assertEquals("in_session", best.get("metadata").get("scope").stringValue());
        assertEquals("trip to Lisbon", best.get("metadata").get("session_name").stringValue());
        assertEquals(agent, best.get("metadata").get("agent_id").stringValue());
        Answer list = call("GET", messages + "?limit=20&sort_by=timestamp&order=asc", "");
        assertEquals("My dog is called Rex", list.data().get("messages").get(0).get("content").stringValue());
        String ids = "{\"message_ids\": [" + added.data().get("message_ids").get(0) + "]}";
        assertEquals(1, call("POST", messages + "/read", ids).data().get("messages").size());
        assertEquals(200, call("DELETE", messages, ids).status());
        assertEquals(1, call("GET", messages, "").data().get("messages").size());
        assertEquals(200, call("DELETE", "/sessions/" + sessionId, "").status());
        assertEquals(404, call("GET", messages, "").status());
        Answer deleted = call("DELETE", "/users/" + user, "");
        assertEquals(204, deleted.status());
        assertEquals("", deleted.text());
        assertEquals(404, call("GET", "/users/" + user, "").status());
    }

    /// A client keeps its connection, although the server needs no body of these.
    @Test
    void bodiesThatNoOneNeedsDoNotEndTheConnection() {
        for (int i = 0; i < 20; i++) {
            assertEquals(404, http.post("/nowhere", HttpFixture.messages("x".repeat(i * 5_000))).status());
            assertEquals(404, http.delete("/users/nobody", HttpFixture.messages("x".repeat(i * 5_000))).status());
        }
    }

    @Test
    void aClientThatAcceptsOnlyJsonGetsABodyAfterTheDeletionOfAUser() {
        String user = http.user("to be deleted");

        Answer answer = http.send("DELETE", "/api/v1/users/" + user, null, Map.of("Accept", "application/json"));

        assertEquals(200, answer.status());
        assertEquals(user, answer.data().get("user_id").stringValue());
    }

    @Test
    void theHealthTellsNoSecret() {
        Answer health = http.get("/health/");

        assertEquals(new TreeSet<>(List.of("status", "version")), new TreeSet<>(health.data().propertyNames()));
        assertEquals("ok", health.data().get("status").stringValue());
    }

    @Test
    void aUserHasAnAgentOfTheSharedOnesNameAlready() {
        String agent = http.agent("known to bob");
        String user = http.user("bob");
        Agent own = http.engine().engine().createAgent(UUID.fromString(user), "known to bob");

        String session = http.session(user, agent, "first");

        assertEquals(agent,
                http.get("/sessions/" + session).data().get("session").get("agent_id").stringValue());
        assertEquals(own.id(), http.engine().engine().sessions(own.userId()).getFirst().agentId());
        assertEquals(1, http.get("/sessions?agent_id=" + agent).data().get("sessions").size());
        http.post("/sessions/" + session + "/messages", HttpFixture.messages("The ferry leaves at nine"));
        assertEquals(1, http.post("/users/" + user + "/query",
                "{\"query\": \"When does the ferry leave?\", \"agent_id\": \"" + agent + "\"}").data().get("total")
                .intValue());
    }

    @Test
    void requestsCountAsOperationsWithAStageOfTheirOwn() {
        MetricsHub metrics = http.engine().metrics();
        String session = http.newSession();
        try (Sampler _ = new Sampler(metrics, () -> 10, _ -> {}, Clock.systemUTC())) {
            EngineFixture.await("an add with the stage HTTP", () -> {
                http.post("/sessions/" + session + "/messages", HttpFixture.messages("counted"));
                return metrics.history().stream().anyMatch(snapshot -> snapshot.operation(Operation.ADD).count() > 0
                        && snapshot.stages().getOrDefault(Stage.HTTP, 0.0) > 0);
            });
        }
    }
}
