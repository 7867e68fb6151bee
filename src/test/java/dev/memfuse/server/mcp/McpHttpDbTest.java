package dev.memfuse.server.mcp;

import static dev.memfuse.server.mcp.McpClients.call;
import static dev.memfuse.server.mcp.McpClients.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.memfuse.server.HttpFixture;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerSettings;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The tools over HTTP, with the protocol's own client.
@Tag("db")
class McpHttpDbTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern ID = Pattern
            .compile("\\b(message|id) (\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12})");
    private static HttpFixture http;
    private static HttpServer keyed;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start("layers.m2.enabled=true");
        http.engine().engine().apiKeys().create(Optional.empty(), Optional.of("all"), Optional.empty());
        keyed = http.another(ServerSettings.loopback(0).withKeys());
    }

    @AfterAll
    static void stop() {
        keyed.close();
        http.close();
    }

    private static McpSyncClient client(String user) {
        return McpClients.http(http.server().url(), "/mcp/" + user, "");
    }

    private static String first(String text) {
        Matcher found = ID.matcher(text);
        assertTrue(found.find(), text);
        return found.group(2);
    }

    @Test
    void theToolsAreListedWithTheirHints() {
        http.user("lister");
        try (McpSyncClient client = client("lister")) {
            List<Tool> tools = client.listTools().tools();

            assertEquals(Set.of("add_memory", "search_memory", "list_facts", "history_of_fact", "recent_messages",
                    "list_sessions", "delete_memory", "memory_status"),
                    tools.stream().map(Tool::name).collect(Collectors.toSet()));
            for (Tool tool : tools) {
                boolean writes = Set.of("add_memory", "delete_memory").contains(tool.name());
                assertEquals(!writes, tool.annotations().readOnlyHint(), tool.name());
                assertEquals(tool.name().equals("delete_memory"), tool.annotations().destructiveHint(), tool.name());
                assertEquals("object", tool.inputSchema().get("type"), tool.name());
            }
            assertTrue(client.getServerInstructions().contains("memory"));
            client.ping();
        }
    }

    @Test
    void whatIsAddedIsFoundListedAndDeleted() {
        http.user("alice");
        try (McpSyncClient client = client("alice")) {
            assertEquals("There are no sessions yet.", text(call(client, "list_sessions", Map.of())));
            String added = text(call(client, "add_memory", Map.of("text", "My passport number ends with 4711.")));
            assertTrue(added.startsWith("Stored 1 message in session mcp (committed"), added);
            call(client, "add_memory", Map.of("session", "trip", "messages",
                    List.of(Map.of("role", "user", "content", "We fly to Lisbon on Sunday. " + "x".repeat(1_000)),
                            Map.of("role", "assistant", "content", "Noted."))));

            String found = text(
                    call(client, "search_memory", Map.of("query", "When do we fly to Lisbon?", "top_k", 1)));
            assertTrue(found.contains("session trip: We fly to Lisbon on Sunday."), found);
            assertTrue(found.length() < 500, "results are short: " + found);
            assertFalse(found.contains("bm25"), found);
            String whole = text(call(client, "search_memory", Map.of("query", "Lisbon", "session", "trip", "full", true,
                    "explain", true, "ids", true)));
            assertTrue(whole.contains("x".repeat(1_000)) && whole.contains("bm25"), whole);
            String none = text(call(client, "search_memory", Map.of("query", "passport", "session", "trip", "until",
                    "2001-01-01")));
            assertTrue(none.startsWith("Nothing found among 0 entries."), none);
            String budget = text(call(client, "search_memory", Map.of("query", "Lisbon passport", "max_tokens", 30)));
            assertTrue(budget.contains("4711") && budget.contains("did not fit into max_tokens"), budget);

            String sessions = text(call(client, "list_sessions", Map.of("limit", 1)));
            assertTrue(sessions.startsWith("Newest 1 of 2 sessions:\n- trip (since "), sessions);
            String recent = text(call(client, "recent_messages", Map.of("ids", true)));
            assertTrue(recent.indexOf("Lisbon") < recent.indexOf("Noted."), recent);

            String message = first(recent);
            String asked = text(call(client, "delete_memory", Map.of("messages", List.of(message))));
            assertTrue(asked.startsWith("Nothing was deleted yet.") && asked.contains("Lisbon"), asked);
            assertTrue(text(call(client, "recent_messages", Map.of())).contains("Lisbon"));
            assertEquals("Deleted 1 message for good.",
                    text(call(client, "delete_memory", Map.of("messages", List.of(message), "confirm", true))));
            assertFalse(text(call(client, "recent_messages", Map.of())).contains("Lisbon"));
            assertTrue(text(call(client, "delete_memory", Map.of("session", "trip", "confirm", true)))
                    .startsWith("Deleted session trip with 1 message"));
            assertFalse(text(call(client, "list_sessions", Map.of())).contains("trip"));

            String status = text(call(client, "memory_status", Map.of()));
            assertTrue(status.startsWith("Memory of alice,") && status.contains("1 session, the newest mcp"), status);
            // The deleted session can be written again.
            assertFalse(call(client, "add_memory", Map.of("session", "trip", "text", "A new trip.")).isError());
        }
    }

    @Test
    void aFactHasATimeAndAHistory() {
        http.user("mover");
        try (McpSyncClient client = client("mover")) {
            call(client, "add_memory", Map.of("text", "I live in Paris."));
            await();
            call(client, "add_memory", Map.of("text", "I moved. I live in Berlin now."));
            await();

            String current = text(call(client, "list_facts", Map.of()));
            assertTrue(current.contains("Berlin"), current);
            String history = text(call(client, "history_of_fact", Map.of("fact", first(current))));
            assertTrue(history.contains("stated by message"), history);
            assertEquals("There are no facts valid at 2001-01-01 00:00.",
                    text(call(client, "list_facts", Map.of("at", "2001-01-01"))));
            assertTrue(text(call(client, "list_facts", Map.of("at", "2999-01-01"))).contains("Berlin"));
        }
    }

    private static void await() {
        http.engine().engine().flush();
        assertTrue(http.engine().engine().awaitExtraction(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "add_memory|{}|Give either text or messages.",
            "add_memory|{\"text\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"b\"}]}|Give either",
            "add_memory|{\"text\":5}|text must be a text",
            "add_memory|{\"text\":\" \"}|text must be a text that is not blank.",
            "add_memory|{\"text\":\"a\\u0000b\"}|U+0000",
            "add_memory|{\"text\":\"a\",\"role\":\"king\"}|role must be one of: user,",
            "add_memory|{\"messages\":[]}|messages must be a list of 1 to 1000 messages.",
            "add_memory|{\"messages\":[{\"role\":\"user\"}]}|Each message must be an object",
            "add_memory|{\"messages\":[{\"role\":\"user\",\"content\":\"a\",\"id\":1}]}|Each message must be an object",
            "add_memory|{\"text\":\"a\",\"session\":\"0198c7a2-5b1e-7c33-8f10-2d6d0c1f4a55\"}|There is no session",
            "search_memory|{}|The argument 'query' is missing.",
            "search_memory|{\"query\":null}|The argument 'query' is missing.",
            "search_memory|{\"query\":\"a\",\"limit\":3}|There is no argument 'limit'. The arguments are: query, top_k",
            "search_memory|{\"query\":\"a\",\"top_k\":0}|top_k must be a whole number from 1 to 100.",
            "search_memory|{\"query\":\"a\",\"top_k\":1.5}|top_k must be a whole number",
            "search_memory|{\"query\":\"a\",\"top_k\":\"5\"}|top_k must be a whole number",
            "search_memory|{\"query\":\"a\",\"top_k\":1e300}|top_k must be a whole number",
            "search_memory|{\"query\":\"a\",\"from\":\"yesterday\"}|from must be a time in ISO 8601",
            "search_memory|{\"query\":\"a\",\"from\":\"2026-02-02\",\"until\":\"2026-01-01\"}|before from",
            "search_memory|{\"query\":\"a\",\"layers\":[\"m9\"]}|Each element of layers must be one of",
            "search_memory|{\"query\":\"a\",\"session\":\"none\"}|There is no session 'none'.",
            "search_memory|{\"query\":\"a\",\"agent\":\"none\"}|There is no agent 'none'.",
            "search_memory|{\"query\":\"a\",\"explain\":\"yes\"}|explain must be true or false.",
            "list_facts|{\"at\":\"2026-13-01\"}|at must be a time",
            "list_facts|{\"min_confidence\":2}|min_confidence must be a number from 0 to 1.",
            "history_of_fact|{\"fact\":\"the move\"}|is no id.",
            "history_of_fact|{\"fact\":\"0198c7a2-5b1e-7c33-8f10-2d6d0c1f4a55\"}|There is no fact",
            "recent_messages|{\"limit\":-1}|limit must be a whole number",
            "delete_memory|{\"confirm\":true}|Give either messages or session.",
            "delete_memory|{\"messages\":[\"0198c7a2-5b1e-7c33-8f10-2d6d0c1f4a55\"],\"confirm\":true}|Nothing was deleted",
            "memory_status|{\"verbose\":true}|There is no argument 'verbose'. The arguments are: none."})
    void aWrongArgumentIsASentence(String tool, String arguments, String sentence) {
        if (http.engine().engine().user("wrong").isEmpty()) {
            http.user("wrong");
        }
        try (McpSyncClient client = client("wrong")) {
            CallToolResult result = call(client, tool,
                    JSON.readValue(arguments, new TypeReference<Map<String, Object>>() {}));

            assertTrue(result.isError(), text(result));
            assertTrue(text(result).contains(sentence), text(result));
            assertFalse(text(result).contains("Exception") || text(result).contains("\tat "), text(result));
        }
    }

    @Test
    void anUnknownToolIsAnErrorOfTheProtocol() {
        http.user("guesser");
        try (McpSyncClient client = client("guesser")) {
            String message = String.valueOf(assertThrows(RuntimeException.class,
                    () -> call(client, "forget_everything", Map.of())).getMessage());
            assertTrue(message.contains("forget_everything") || message.startsWith("Unknown tool"), message);
        }
    }

    @Test
    void theKeyOfOneUserOpensNoOtherMemory() {
        String mine = http.user("mine");
        String theirs = http.user("theirs");
        try (McpSyncClient client = client("theirs")) {
            call(client, "add_memory", Map.of("text", "Their secret is 1234."));
        }
        String key = http.engine().engine().apiKeys()
                .create(Optional.of(UUID.fromString(mine)), Optional.empty(), Optional.empty()).text();
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"search_memory\","
                + "\"arguments\":{\"query\":\"secret\"}}}";
        Map<String, String> headers = Map.of("Accept", "application/json, text/event-stream", "X-API-Key", key);

        for (String path : List.of("theirs", theirs, "nobody", "theirs/", "mine/../theirs")) {
            HttpFixture.Answer refused = http.send(keyed.url(), "POST", "/mcp/" + path, list, headers);
            assertEquals(404, refused.status(), path + ": " + refused.text());
            assertEquals("There is no such user.", refused.message(), path);
        }
        assertEquals(401, http.send(keyed.url(), "POST", "/mcp/mine", list,
                Map.of("Accept", "application/json, text/event-stream")).status());
        try (McpSyncClient client = McpClients.http(keyed.url(), "/mcp/mine", key)) {
            String found = text(call(client, "search_memory", Map.of("query", "secret")));
            assertFalse(found.contains("1234"), found);
            // Figures over all users are for keys of all users.
            assertFalse(text(call(client, "memory_status", Map.of())).contains("all users"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Origin|http://evil.example|403", "Origin|null|403", "Accept|text/html|400",
            "Content-Type|text/plain|415", "MCP-Protocol-Version|1999-01-01|400"})
    void aRequestOfAnotherFormIsRefusedWithASentence(String header, String value, int status) {
        if (http.engine().engine().user("form").isEmpty()) {
            http.user("form");
        }
        HttpFixture.Answer answer = http.send(http.server().url(), "POST", "/mcp/form",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", header.equals("Accept")
                        ? Map.of(header, value)
                        : Map.of("Accept", "application/json, text/event-stream", header, value));
        assertEquals(status, answer.status(), answer.text());
        assertFalse(answer.text().contains("stackTrace") || answer.text().contains("Exception"), answer.text());
        assertTrue(answer.message().endsWith(".") || answer.message().contains("header"), answer.message());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"nonsense|400", "[]|400", "{}|400", "{\"jsonrpc\":\"2.0\"}|400",
            "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}|400",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":[]}}|200",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":[]}}|200",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}|202",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"none\"}|200",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}|200",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"add_memory\",\"arguments\":5}}|200"})
    void aWrongMessageIsAnswered(String body, int status) {
        if (http.engine().engine().user("form").isEmpty()) {
            http.user("form");
        }
        HttpFixture.Answer answer = http.send(http.server().url(), "POST", "/mcp/form", body,
                Map.of("Accept", "application/json, text/event-stream"));
        assertEquals(status, answer.status(), answer.text());
        assertFalse(answer.text().contains("stackTrace") || answer.text().contains("Exception")
                || answer.text().contains("jackson"), answer.text());
    }

    @Test
    void theServerKeepsNoSessions() {
        http.user("get");
        HttpFixture.Answer answer = http.send(http.server().url(), "GET", "/mcp/get", null,
                Map.of("Accept", "text/event-stream"));
        assertEquals(405, answer.status());
        assertEquals(Optional.of("POST"), answer.response().headers().firstValue("Allow"));
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        http.user("large");
        int limit = 64 * 1024 + 3 * http.engine().tunables().get().buffer().maxBatchBytes();
        HttpFixture.Answer answer = http.send(http.server().url(), "POST", "/mcp/large", "x".repeat(limit + 1),
                Map.of("Accept", "application/json, text/event-stream"));
        assertEquals(413, answer.status());
    }
}
