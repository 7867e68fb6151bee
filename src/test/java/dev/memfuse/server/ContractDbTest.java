package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.Work;
import dev.memfuse.server.HttpFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The contract of MemFuse's API: status codes, envelopes, objects and texts.
@Tag("db")
class ContractDbTest {
    private static final Set<String> ENVELOPE = Set.of("status", "code", "data", "message", "errors");

    private static HttpFixture http;
    private static String user;
    private static String agent;
    private static String session;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start("buffer.bypass_mode=false");
        user = http.user("contract user");
        agent = http.agent("contract agent");
        session = http.session(user, agent, "contract session");
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static JsonNode success(Answer answer, int status, String message) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(ENVELOPE, Set.copyOf(answer.json().propertyNames()));
        assertEquals("success", answer.json().get("status").stringValue());
        assertEquals(status, answer.json().get("code").intValue());
        assertTrue(answer.json().get("errors").isNull());
        assertEquals(message, answer.message());
        return answer.data();
    }

    private static void error(Answer answer, int status, String message) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(ENVELOPE, Set.copyOf(answer.json().propertyNames()));
        assertEquals("error", answer.json().get("status").stringValue());
        assertEquals(status, answer.json().get("code").intValue());
        assertTrue(answer.data().isNull());
        assertEquals(message, answer.message());
        assertEquals(Set.of("field", "message"), Set.copyOf(answer.json().get("errors").get(0).propertyNames()));
    }

    private static void violation(Answer answer) {
        assertEquals(422, answer.status(), answer.text());
        assertTrue(answer.json().get("detail").size() > 0);
    }

    private static void fields(JsonNode object, String... names) {
        assertEquals(new TreeSet<>(List.of(names)), new TreeSet<>(object.propertyNames()));
    }

    @ParameterizedTest
    @CsvSource({"users,User,user", "agents,Agent,agent"})
    void usersAndAgentsAreCreatedFoundChangedAndDeleted(String path, String kind, String key) {
        String all = "/" + path;
        success(http.get(all), 200, kind + "s retrieved successfully");
        JsonNode created = success(http.post(all, "{\"name\":\"new\",\"description\":\"A new one\"}"), 201,
                kind + " created successfully").get(key);
        fields(created, "id", "name", "description", "created_at", "updated_at");
        assertEquals("A new one", created.get("description").stringValue());
        error(http.post(all + "/", "{\"name\":\"new\"}"), 400, kind + " with name 'new' already exists");
        violation(http.post(all, "{\"description\":\"no name\"}"));
        violation(http.post(all, "{\"name\":\"\"}"));
        violation(http.post(all, "{\"name\":5}"));
        violation(http.post(all, "{\"name\":"));
        violation(http.post(all, "[]"));
        violation(http.post(all, "{\"name\":\"\\u0000\"}"));
        JsonNode found = success(http.get(all + "?name=new"), 200, kind + " retrieved successfully").get(path);
        assertEquals(1, found.size());
        error(http.get(all + "/?name=nobody"), 404, kind + " with name 'nobody' not found");
        String one = all + "/" + created.get("id").stringValue();
        success(http.get(one), 200, kind + " retrieved successfully");
        error(http.get(all + "/nonexistent-id"), 404, kind + " with ID 'nonexistent-id' not found");
        success(http.put(one, "{\"invalid\":\"structure\"}"), 200, kind + " updated successfully");
        JsonNode updated = success(http.put(one, "{\"name\":\"newer\",\"description\":\"changed\"}"), 200,
                kind + " updated successfully").get(key);
        assertEquals("newer", updated.get("name").stringValue());
        assertEquals("changed", updated.get("description").stringValue());
        assertEquals("newer", http.get(one).data().get(key).get("name").stringValue());
        error(http.put(all + "/nonexistent-id", "{\"name\":\"x\"}"), 404, kind + " with ID 'nonexistent-id' not found");
        error(http.get(all + "?name=new"), 404, kind + " with name 'new' not found");
        assertEquals(path.equals("users") ? 204 : 200, http.delete(one, null).status());
        error(http.delete(one, null), 404, kind + " with ID '" + created.get("id").stringValue() + "' not found");
    }

    @Test
    void sessionsAreCreatedFoundChangedAndDeleted() {
        JsonNode created = success(http.post("/sessions",
                HttpFixture.object("user_id", user, "agent_id", agent, "name", "one")), 201,
                "Session created successfully").get("session");
        fields(created, "id", "user_id", "agent_id", "name", "created_at", "updated_at");
        error(http.post("/sessions", HttpFixture.object("user_id", user, "agent_id", agent, "name", "one")), 400,
                "Session with name 'one' already exists");
        assertFalse(success(http.post("/sessions", "{\"user_id\":\"" + user + "\",\"agent_id\":\"" + agent
                + "\",\"name\":null}"), 201, "Session created successfully").get("session").get("name").stringValue()
                .isEmpty());
        error(http.post("/sessions", HttpFixture.object("user_id", "nobody", "agent_id", agent)), 404,
                "User with ID 'nobody' not found");
        error(http.post("/sessions", HttpFixture.object("user_id", user, "agent_id", "nobody")), 404,
                "Agent with ID 'nobody' not found");
        violation(http.post("/sessions", "{\"user_id\":\"" + user + "\"}"));
        success(http.get("/sessions"), 200, "Sessions retrieved successfully");
        success(http.get("/sessions?user_id=" + user), 200, "Sessions retrieved successfully");
        assertEquals(1, success(http.get("/sessions?name=one"), 200, "Session retrieved successfully")
                .get("sessions").size());
        error(http.get("/sessions?name=nonexistent-session&user_id=" + user), 404,
                "Session with name 'nonexistent-session' not found");
        String one = "/sessions/" + created.get("id").stringValue();
        success(http.get(one + "/"), 200, "Session retrieved successfully");
        error(http.get("/sessions/nonexistent-id"), 404, "Session with ID 'nonexistent-id' not found");
        assertEquals("two", success(http.put(one, "{\"name\":\"two\"}"), 200, "Session updated successfully")
                .get("session").get("name").stringValue());
        assertEquals("two", http.get(one).data().get("session").get("name").stringValue());
        error(http.put(one, "{\"name\":\"contract session\"}"), 400,
                "Session with name 'contract session' already exists");
        violation(http.put(one, "{\"name\":7}"));
        fields(success(http.delete(one, null), 200, "Session deleted successfully"), "session_id");
        error(http.get(one), 404, "Session with ID '" + created.get("id").stringValue() + "' not found");
    }

    @Test
    void anUnnamedSessionIsReused() {
        String owner = http.user("of unnamed sessions");
        String body = HttpFixture.object("user_id", owner, "agent_id", agent);
        String first = success(http.post("/sessions", body), 201, "Session created successfully").get("session")
                .get("id").stringValue();
        http.session(owner, agent, "named");

        Answer again = http.post("/sessions", body);

        assertEquals(201, again.status());
        assertEquals(200, again.json().get("code").intValue());
        assertEquals(first, again.data().get("session").get("id").stringValue());
        assertEquals(2, http.get("/sessions?user_id=" + owner).data().get("sessions").size());
        String other = http.agent("another agent");
        assertFalse(first.equals(success(http.post("/sessions", HttpFixture.object("user_id", owner, "agent_id",
                other)), 201, "Session created successfully").get("session").get("id").stringValue()));
        http.put("/sessions/" + first, "{\"name\":\"now it has one\"}");
        success(http.post("/sessions", body), 201, "Session created successfully");
    }

    @Test
    void messagesBeyondTheFirstTenThousandAreSorted() {
        String path = "/sessions/" + http.session(user, agent, "long") + "/messages";
        UUID lowest = new UUID(0x7000, 1);
        UUID highest = new UUID(0xf000_0000_0000_7000L, 2);
        String given = "{\"messages\":[{\"role\":\"user\",\"content\":\"lowest\",\"id\":\"" + lowest
                + "\"},{\"role\":\"user\",\"content\":\"highest\",\"id\":\"" + highest + "\"}]}";
        success(http.post(path, given), 201, "Messages added successfully");
        SessionKey key = new SessionKey(UUID.fromString(user), UUID.fromString(path.split("/")[2]));
        for (int i = 0; i < 5; i++) {
            http.engine().engine().addBatch(key, IntStream.range(0, 2_010)
                    .mapToObj(_ -> NewMessage.of(Role.USER, "x")).toList());
        }
        http.engine().engine().flush();
        add(path, "first in the buffer", "second in the buffer");

        assertEquals(List.of("highest", "second in the buffer"),
                listed(path + "?sort_by=id&limit=2").stream().toList());
        assertEquals(List.of("lowest"), listed(path + "?sort_by=id&order=asc&limit=1"));
        assertEquals(List.of("lowest"), listed(path + "?order=asc&limit=1"));
        assertEquals(List.of("first in the buffer", "second in the buffer"),
                listed(path + "?buffer_only=true&order=asc"));
        assertEquals(List.of("second in the buffer"), listed(path + "?buffer_only=true&limit=1"));
    }

    private static List<String> add(String path, String... texts) {
        JsonNode data = success(http.post(path, HttpFixture.messages(texts)), 201, "Messages added successfully");
        fields(data, "message_ids", "transfer_triggered", "total_messages", "buffer_status");
        List<String> ids = new ArrayList<>();
        data.get("message_ids").forEach(id -> ids.add(id.stringValue()));
        return ids;
    }

    private static List<String> listed(String path) {
        List<String> texts = new ArrayList<>();
        success(http.get(path), 200, "Messages retrieved successfully").get("messages")
                .forEach(message -> texts.add(message.get("content").stringValue()));
        return texts;
    }

    @Test
    void messagesAreAddedListedReadAndDeleted() {
        String path = "/sessions/" + http.session(user, agent, "messages") + "/messages";
        List<String> ids = add(path, "one", "two", "three", "four", "five");
        assertEquals(List.of("one", "two", "three"), listed(path + "?limit=3&order=asc"));
        assertEquals(List.of("five", "four"), listed(path + "/?limit=2"));
        assertEquals(List.of("five"), listed(path + "?limit=1&sort_by=id&order=desc"));
        assertEquals(5, listed(path + "?limit=1000&buffer_only=true").size());
        http.engine().engine().flush();
        assertEquals(0, listed(path + "?buffer_only=true").size());
        assertEquals(5, listed(path).size());
        String two = "{\"message_ids\":[\"" + ids.get(3) + "\",\"" + ids.get(1) + "\"]}";
        JsonNode read = success(http.post(path + "/read", two), 200, "Messages read successfully").get("messages");
        assertEquals("four", read.get(0).get("content").stringValue());
        fields(read.get(0), "id", "session_id", "role", "content", "created_at", "updated_at");
        success(http.delete(path, two), 200, "Messages deleted successfully");
        error(http.post(path + "/read", two), 404, "Message with ID '" + ids.get(3) + "' not found");
        error(http.delete(path, "{\"message_ids\":[\"nonexistent-message-id\"]}"), 404,
                "Message with ID 'nonexistent-message-id' not found");
        assertEquals(List.of("one", "three", "five"), listed(path + "?order=asc"));
        assertEquals(0, add(path).size());
        String same = "{\"messages\":[{\"role\":\"user\",\"content\":\"once\",\"id\":\"" + ids.get(3) + "\"}]}";
        success(http.post(path, same), 201, "Messages added successfully");
        success(http.post(path, same), 201, "Messages added successfully");
        assertEquals(List.of("one", "three", "five", "once"), listed(path + "?order=asc"));
    }

    private static String update(List<String> ids, String messages) {
        return "{\"message_ids\":[" + ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","))
                + "],\"new_messages\":[" + messages + "]}";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messagesAreUpdated(boolean stored) {
        String changed = http.session(user, agent, "updated " + stored);
        String path = "/sessions/" + changed + "/messages";
        List<String> ids = add(path, "one", "two");
        if (stored) {
            http.engine().engine().flush();
        }
        String two = "{\"role\":\"assistant\",\"content\":\"The lamp is blue\"}";

        JsonNode data = success(http.put(path, update(ids.subList(1, 2), two)), 200, "Messages updated successfully");

        fields(data, "message_ids");
        assertEquals(ids.get(1), data.get("message_ids").get(0).stringValue());
        assertEquals(List.of("one", "The lamp is blue"), listed(path + "?order=asc"));
        JsonNode read = http.post(path + "/read", "{\"message_ids\":[\"" + ids.get(1) + "\"]}").data().get("messages")
                .get(0);
        assertEquals("assistant", read.get("role").stringValue());
        assertTrue(read.get("updated_at").stringValue().compareTo(read.get("created_at").stringValue()) > 0);
        assertEquals("The lamp is blue", http.post("/users/" + user + "/query",
                "{\"query\":\"lamp\",\"top_k\":1}").data().get("results").get(0).get("content").stringValue());
        success(http.put(path + "/", update(List.of(), "")), 200, "Messages updated successfully");
        error(http.put(path, update(List.of("none"), two)), 404, "Message with ID 'none' not found");
        error(http.put("/sessions/none/messages", update(ids, two)), 404, "Session with ID 'none' not found");
        violation(http.put(path, update(ids, two)));
        violation(http.put(path, update(List.of(ids.get(0), ids.get(0)), two + "," + two)));
        violation(http.put(path, update(ids.subList(0, 1), "{\"role\":\"nobody\",\"content\":\"x\"}")));
        violation(http.put(path, update(ids.subList(0, 1), "{\"role\":\"user\",\"content\":\"\"}")));
        violation(http.put(path, "{\"message_ids\":[]}"));
        String other = "/sessions/" + http.session(user, agent, "not updated " + stored) + "/messages";
        assertEquals(404, http.put(other, update(ids.subList(0, 1), two)).status());
        assertEquals(List.of("one", "The lamp is blue"), listed(path + "?order=asc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=invalid", "limit=0", "limit=-1", "limit=99999999999999999999", "sort_by=invalid",
            "order=up", "buffer_only=perhaps"})
    void invalidParametersOfAListAreBadRequests(String query) {
        assertEquals(400, http.get("/sessions/" + session + "/messages?" + query).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"messages\":[{\"role\":\"invalid_role\",\"content\":\"x\"}]}",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}", "{\"messages\":[{\"role\":\"user\"}]}",
            "{\"messages\":\"x\"}", "{}", "", "{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}"})
    void messagesThatViolateTheModelAreRefused(String body) {
        violation(http.post("/sessions/" + session + "/messages", body));
    }

    @Test
    void messagesOfUnknownSessionsAreNotFound() {
        error(http.get("/sessions/nonexistent-session/messages"), 404,
                "Session with ID 'nonexistent-session' not found");
        error(http.post("/sessions/nonexistent-session/messages", HttpFixture.messages("x")), 404,
                "Session with ID 'nonexistent-session' not found");
    }

    @Test
    void messagesOfOtherSessionsAreNotFound() {
        List<String> ids = add("/sessions/" + session + "/messages", "in the first session");
        String other = "/sessions/" + http.session(user, agent, "other session") + "/messages";

        String body = "{\"message_ids\":[\"" + ids.getFirst() + "\"]}";

        assertEquals(404, http.post(other + "/read", body).status());
        assertEquals(404, http.delete(other, body).status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"top_k\": -3 | 0", "\"top_k\": 0 | 0",
            "\"top_k\": 99999999999999999999999999 | 1", "\"top_k\": 1e300 | 1", "\"top_k\": 5.0 | 1",
            "\"store_type\": \"graph\" | 1", "\"store_type\": null | 1", "\"include_messages\": false | 0",
            "\"include_knowledge\": false | 1", "\"metadata\": {\"task\": \"x\"} | 1", "\"agent_id\": null | 1"})
    void queriesAnswer(String option, int results) {
        String asking = http.user("asking " + option);
        String path = "/sessions/" + http.session(asking, agent, "asked") + "/messages";
        add(path, "The lighthouse is green");
        JsonNode data = success(http.post("/users/" + asking + "/query/",
                "{\"query\": \"Which colour has the lighthouse?\", " + option + "}"), 200, "Memory query successful");
        fields(data, "results", "total");
        assertEquals(results, data.get("total").intValue());
        data.get("results").forEach(result -> {
            fields(result, "id", "content", "score", "type", "role", "created_at", "updated_at", "metadata");
            assertEquals("message", result.get("type").stringValue());
            assertTrue(result.get("metadata").get("scope").isNull());
            assertEquals(0, result.get("metadata").get("level").intValue());
            assertEquals("round_buffer", result.get("metadata").get("retrieval").get("source").stringValue());
        });
    }

    @Test
    void queriesOfWhatDoesNotExistAreNotFound() {
        String path = "/users/" + user + "/query";
        error(http.post("/users/nobody/query", "{\"query\":\"x\"}"), 404, "User with ID 'nobody' not found");
        error(http.post(path, "{\"query\":\"x\",\"session_id\":\"none\"}"), 404, "Session with ID 'none' not found");
        error(http.post(path, "{\"query\":\"x\",\"agent_id\":\"none\"}"), 404, "Agent with ID 'none' not found");
        violation(http.post(path, "{\"top_k\":5}"));
        violation(http.post(path, "{\"query\":\"x\",\"store_type\":\"hybrid\"}"));
        violation(http.post(path, "{\"query\":\"x\",\"top_k\":\"many\"}"));
        assertEquals(0, success(http.post(path, "{\"query\":\"\"}"), 200, "Memory query successful").get("total")
                .intValue());
    }

    @Test
    void resultsOfOtherSessionsAreMarked() {
        String asking = http.user("marked");
        String first = http.session(asking, agent, "first");
        String second = http.session(asking, agent, "second");
        add("/sessions/" + first + "/messages", "The parcel came on Monday");
        add("/sessions/" + second + "/messages", "The parcel was wet");

        TreeSet<String> scopes = new TreeSet<>();
        http.post("/users/" + asking + "/query", "{\"query\":\"parcel\",\"session_id\":\"" + first + "\"}").data()
                .get("results").forEach(result -> scopes.add(result.get("metadata").get("scope").stringValue()));

        assertEquals(Set.of("in_session", "cross_session"), scopes);
    }

    @Test
    void theSessionsOfAllHitsAreReadByOneStatement() {
        String asking = http.user("of many sessions");
        for (int i = 0; i < 20; i++) {
            add("/sessions/" + http.session(asking, agent, "session " + i) + "/messages", "The kettle is red " + i);
        }
        http.engine().engine().flush();
        String body = "{\"query\":\"kettle\",\"top_k\":20}";
        http.engine().engine().query(UUID.fromString(asking), "kettle", 20);
        long before = http.engine().metrics().work().counts().of(Work.STATEMENTS);
        http.engine().engine().query(UUID.fromString(asking), "another kettle", 20);
        long ofEngine = http.engine().metrics().work().counts().of(Work.STATEMENTS) - before;
        before += ofEngine;

        JsonNode results = http.post("/users/" + asking + "/query", body.replace("kettle", "a third kettle")).data()
                .get("results");

        long statements = http.engine().metrics().work().counts().of(Work.STATEMENTS) - before;
        assertEquals(20, results.size());
        assertTrue(statements <= ofEngine + 2, statements + " instead of " + ofEngine);
        results.forEach(result -> {
            assertEquals(agent, result.get("metadata").get("agent_id").stringValue());
            assertTrue(result.get("metadata").get("session_name").stringValue().startsWith("session "));
        });
    }

    private static List<String> contents(JsonNode data) {
        List<String> contents = new ArrayList<>();
        data.get("knowledge").forEach(item -> contents.add(item.get("content").stringValue()));
        return contents;
    }

    private static String ids(List<String> ids) {
        return "{\"knowledge_ids\":[" + ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","))
                + "]}";
    }

    @Test
    void knowledgeIsAddedReadUpdatedAndDeleted() {
        String knowing = http.user("knowing");
        String path = "/users/" + knowing + "/knowledge";
        JsonNode added = success(http.post(path, "{\"knowledge\":[\"The office is in Oslo\",\"Tea is served at four\","
                + "\"The printer is green\"]}"), 201, "Knowledge items added successfully");
        fields(added, "knowledge_ids");
        List<String> ids = new ArrayList<>();
        added.get("knowledge_ids").forEach(id -> ids.add(id.stringValue()));
        assertEquals(3, Set.copyOf(ids).size());
        assertEquals(3, contents(http.get(path).data()).size());
        JsonNode read = success(http.post(path + "/read", ids(List.of(ids.get(1), "none", ids.get(0)))), 200,
                "Knowledge items retrieved successfully");
        assertEquals(List.of("Tea is served at four", "The office is in Oslo"), contents(read));
        fields(read.get("knowledge").get(0), "id", "user_id", "content", "created_at", "updated_at", "source",
                "conflicts_with");
        assertEquals("by hand", read.get("knowledge").get(0).get("source").stringValue());
        JsonNode result = http.post("/users/" + knowing + "/query", "{\"query\":\"Where is the office?\","
                + "\"top_k\":1}").data().get("results").get(0);
        assertEquals("The office is in Oslo", result.get("content").stringValue());
        assertEquals("knowledge", result.get("type").stringValue());
        assertTrue(result.get("metadata").get("session_id").isNull());
        assertTrue(result.get("role").isNull());

        JsonNode updated = success(http.put(path, "{\"knowledge_ids\":[\"" + ids.get(0) + "\",\"" + UUID.randomUUID()
                + "\",\"" + ids.get(2) + "\"],\"new_knowledge\":[\"The office is in Bergen\",\"nothing\"]}"), 200,
                "Knowledge items updated successfully");
        assertEquals(1, updated.get("knowledge_ids").size());
        assertEquals(Set.of("The office is in Bergen", "Tea is served at four", "The printer is green"),
                Set.copyOf(contents(http.get(path).data())));
        success(http.delete(path, ids(List.of(ids.get(1), "none"))), 200, "Knowledge items deleted successfully");
        success(http.delete(path, ids(List.of())), 200, "Knowledge items deleted successfully");
        assertEquals(2, contents(http.get(path).data()).size());
        assertEquals("The office is in Bergen", http.post("/users/" + knowing + "/query",
                "{\"query\":\"office\",\"top_k\":1}").data().get("results").get(0).get("content").stringValue());
        assertEquals(0, success(http.post(path, "{\"knowledge\":[]}"), 201, "Knowledge items added successfully")
                .get("knowledge_ids").size());
        violation(http.post(path, "{\"knowledge\":[\"\"]}"));
        violation(http.post(path, "{\"knowledge\":[5]}"));
        violation(http.put(path, "{\"knowledge_ids\":[]}"));
        for (String method : List.of("PUT", "DELETE")) {
            assertEquals(404, http.send(method, "/api/v1/users/nobody/knowledge",
                    "{\"knowledge_ids\":[],\"new_knowledge\":[]}", Map.of()).status());
        }
        assertEquals(List.of(), contents(http.get("/users/" + user + "/knowledge").data()));
    }

    @Test
    void knowledgeOfUnknownUsersIsNotFound() {
        success(http.get("/users/" + user + "/knowledge"), 200, "Knowledge items retrieved successfully");
        error(http.get("/users/nobody/knowledge/"), 404, "User with ID 'nobody' not found");
        error(http.post("/users/nobody/knowledge", "{\"knowledge\":[]}"), 404, "User with ID 'nobody' not found");
        violation(http.post("/users/" + user + "/knowledge", "{\"invalid_field\":\"value\"}"));
    }
}
