package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

import dev.memfuse.server.HttpFixture.Answer;
import dev.memfuse.server.rest.BodyMemory;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that would take the memory of the engine, and bodies in other forms than JSON in UTF-8.
@Tag("db")
class HostileBodiesDbTest {
    private static final int MEMORY = 2_000_000;

    private static final BodyMemory memory = new BodyMemory(MEMORY);
    private static HttpFixture http;
    private static HttpServer small;
    private static String user;
    private static String session;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start();
        user = http.user("many values");
        session = http.session(user, http.agent("of many values"), "many values");
        ServerSettings settings = ServerSettings.loopback(0);
        small = http.another(settings, new HttpServer.Checks(CertificateRenewal.INTERVAL,
                SlowConnections.Limits.of(settings.timeout()), memory));
    }

    @AfterAll
    static void stop() {
        small.close();
        http.close();
    }

    private static Answer post(String path, String body) {
        return http.send(small.url(), "POST", path.replace("{user}", user).replace("{session}", session), body,
                Map.of("Accept", "application/json, text/event-stream"));
    }

    private static String many(String value) {
        return "[" + (value + ",").repeat(30_000) + value + "]";
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"/api/v1/users/{user}/query;{\"query\":\"x\",\"unknown\":{many}}",
            "/api/v1/sessions/{session}/messages;{\"messages\":{many}}",
            "/api/v1/sessions/{session}/messages/read;{\"message_ids\":{many}}", "/api/v1/users;{many}",
            "/mcp/{user};{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"unknown\":{many}}}"})
    void aSmallBodyOfManyValuesIsRefusedBeforeItTakesMemory(String path, String body) {
        for (String value : new String[]{"{}", "[]", "\"\"", "{\"a\":[0]}"}) {
            Answer answer = post(path, body.replace("{many}", many(value)));

            assertEquals(413, answer.status(), answer.text());
            assertEquals(0, memory.used());
        }
    }

    @Test
    void ordinaryBodiesGiveTheirMemoryBack() {
        for (String text : new String[]{"hello", "x".repeat(200_000)}) {
            assertEquals(201, post("/api/v1/sessions/{session}/messages", HttpFixture.messages(text)).status());
            assertEquals(422, post("/api/v1/sessions/{session}/messages", "{\"text\":\"" + text).status());
            assertEquals(404, post("/api/v1/sessions/none/messages", HttpFixture.messages(text)).status());
            assertEquals(0, memory.used());
        }
    }

    @Test
    void bodiesThatAreUnderWayLeaveNoMemoryForOthers() throws IOException {
        try (RawClient slow = new RawClient(small.port())) {
            slow.send("POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000000\r\n\r\n" + " ".repeat(700_000));
            EngineFixture.await("the first body", () -> memory.used() >= 1_400_000);

            Answer refused = post("/api/v1/sessions/{session}/messages", HttpFixture.messages("x".repeat(400_000)));
            Answer other = post("/api/v1/sessions/{session}/messages", HttpFixture.messages("short"));

            assertEquals(503, refused.status(), refused.text());
            assertEquals("1", refused.response().headers().firstValue("Retry-After").orElse(""));
            assertEquals(201, other.status());
        }
        EngineFixture.await("the memory of the client that has gone", () -> memory.used() == 0);
        assertEquals(201, post("/api/v1/sessions/{session}/messages", HttpFixture.messages("x".repeat(400_000)))
                .status());
    }

    @ParameterizedTest
    @CsvSource({"text/plain,-,415", "application/jsonp,-,415", "application/json-patch+json,-,415",
            "application/json; charset=utf-16,-,415", "application/json; charset=\"ISO-8859-1\",-,415",
            "application/json,gzip,415", "application/json,'gzip, identity',415", "application/json,identity,201",
            "application/json;charset=UTF-8,-,201", "'application/json; charset=\"utf-8\"; x=y',-,201",
            "APPLICATION/JSON,-,201"})
    void onlyJsonInUtf8IsRead(String type, String encoding, int status) {
        Map<String, String> headers = encoding.equals("-")
                ? Map.of("Content-Type", type)
                : Map.of("Content-Type", type, "Content-Encoding", encoding);

        Answer answer = http.send("POST", "/api/v1/sessions/" + session + "/messages", HttpFixture.messages("text"),
                headers);

        assertEquals(status, answer.status(), answer.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "POST", "DELETE", "OPTIONS", "UNKNOWN"})
    void metricsAnswerNoOtherMethodAndRepeatNoKey(String method) throws IOException {
        try (RawClient client = new RawClient(http.server().port())) {
            String answer = client.send(method + " /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer s1\r\n"
                    + "X-API-Key: s2\r\nConnection: close\r\n\r\n").readAll();

            assertTrue(answer.startsWith("HTTP/1.1 405"), answer);
            assertTrue(answer.contains("It takes GET.") && !answer.contains("s1") && !answer.contains("s2"), answer);
        }
    }

    @Test
    void idsAndMethodsOfMessagesAreShort() {
        String message = "{\"jsonrpc\":\"2.0\",\"id\":\"{id}\",\"method\":\"{method}\"}";

        assertEquals(200, post("/mcp/{user}", message.replace("{id}", "i".repeat(1_000)).replace("{method}", "ping"))
                .status());
        assertEquals(400, post("/mcp/{user}", message.replace("{id}", "i".repeat(1_001)).replace("{method}", "ping"))
                .status());
        assertEquals(400, post("/mcp/{user}", message.replace("{id}", "1").replace("{method}", "m".repeat(1_001)))
                .status());
    }

    @Test
    void aShortenedNameIsCutBetweenCharacters() {
        String text = http.get("/users?name=" + "a".repeat(199) + "%F0%9F%98%80").text();

        assertTrue(text.contains("a…'") && !text.contains("\\uD83D"), text);
    }
}
