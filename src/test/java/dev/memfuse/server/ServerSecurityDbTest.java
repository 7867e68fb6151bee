package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.ApiKeys;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.server.HttpFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys, hosts, origins and limits of the server.
@Tag("db")
class ServerSecurityDbTest {
    private static HttpFixture http;
    private static HttpServer keyed;
    private static String all;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start();
        all = http.engine().engine().apiKeys().create(Optional.empty(), Optional.of("all"), Optional.empty()).text();
        keyed = http.another(ServerSettings.loopback(0).withKeys());
    }

    @AfterAll
    static void stop() {
        keyed.close();
        http.close();
    }

    private static Answer call(String method, String path, String body, String key) {
        return http.send(keyed.url(), method, "/api/v1" + path, body.isEmpty() ? null : body,
                key.isEmpty() ? Map.of() : Map.of("X-API-Key", key));
    }

    @Test
    void requestsNeedAKnownKey() {
        assertEquals(401, call("GET", "/users", "", "").status());
        assertEquals(401, call("GET", "/users", "", "any").status());
        assertEquals(401, call("GET", "/users", "", all.substring(0, all.length() - 1) + "g").status());
        String wrong = all.substring(0, all.length() - 1) + (all.endsWith("0") ? "1" : "0");
        assertEquals(401, call("GET", "/users", "", wrong).status());
        assertEquals(200, call("GET", "/users", "", all).status());
        assertEquals(200, http.send(keyed.url(), "GET", "/api/v1/users", null,
                Map.of("Authorization", "Bearer " + all)).status());
        assertEquals(200, call("GET", "/health", "", "").status());
    }

    @Test
    void aKeyOfOneUserOpensNoOtherUsersData() {
        String mine = http.user("mine");
        String agent = http.agent("scoped agent");
        String theirs = http.user("theirs");
        String theirSession = http.session(theirs, agent, "their session");
        String id = http.post("/sessions/" + theirSession + "/messages", HttpFixture.messages("their secret")).data()
                .get("message_ids").get(0).stringValue();
        Answer created = call("POST", "/users/" + mine + "/api-keys", "{\"name\":\"mine\"}", all);
        String key = created.data().get("api_key").get("key").stringValue();

        assertEquals(200, call("GET", "/users/" + mine, "", key).status());
        assertEquals(1, call("GET", "/users", "", key).data().get("users").size());
        assertEquals(404, call("GET", "/users?name=theirs", "", key).status());
        for (String path : Set.of("/users/" + theirs, "/users/" + theirs + "/knowledge", "/sessions/" + theirSession,
                "/sessions/" + theirSession + "/messages", "/sessions?user_id=" + theirs,
                "/sessions?name=their%20session", "/users/" + theirs + "/api-keys")) {
            Answer answer = call("GET", path, "", key);
            assertEquals(404, answer.status(), path);
            assertFalse(answer.text().contains("secret"), answer.text());
        }
        assertEquals(0, call("GET", "/sessions", "", key).data().get("sessions").size());
        String ids = "{\"message_ids\":[\"" + id + "\"]}";
        assertEquals(404, call("POST", "/sessions/" + theirSession + "/messages/read", ids, key).status());
        assertEquals(404, call("DELETE", "/sessions/" + theirSession + "/messages", ids, key).status());
        assertEquals(404, call("DELETE", "/sessions/" + theirSession, "", key).status());
        assertEquals(404, call("DELETE", "/users/" + theirs, "", key).status());
        assertEquals(404, call("POST", "/users/" + theirs + "/query", "{\"query\":\"secret\"}", key).status());
        assertEquals(404, call("POST", "/sessions", HttpFixture.object("user_id", theirs, "agent_id", agent), key)
                .status());
        assertEquals(403, call("POST", "/users", "{\"name\":\"another\"}", key).status());
        assertEquals(403, call("DELETE", "/agents/" + agent, "", key).status());
        assertEquals(403, call("POST", "/users/" + mine + "/api-keys", "{}", key).status());
        String mySession = call("POST", "/sessions", HttpFixture.object("user_id", mine, "agent_id", agent), key)
                .data().get("session").get("id").stringValue();
        assertEquals(404, call("POST", "/sessions/" + mySession + "/messages/read", ids, key).status());
    }

    @Test
    void aRevokedKeyIsRefusedAtOnce() {
        String user = http.user("revoked");
        Answer created = call("POST", "/users/" + user + "/api-keys", "{}", all);
        String key = created.data().get("api_key").get("key").stringValue();
        String id = created.data().get("api_key").get("id").stringValue();
        assertEquals(200, call("GET", "/users/" + user, "", key).status());

        assertEquals(200, call("DELETE", "/users/" + user + "/api-keys/" + id, "", all).status());

        assertEquals(401, call("GET", "/users/" + user, "", key).status());
        assertEquals(404, call("DELETE", "/users/" + user + "/api-keys/" + id, "", all).status());
    }

    @Test
    void storageAndListsHoldNoKey() throws SQLException {
        String secret = all.substring(all.lastIndexOf('_') + 1);
        String user = http.user("listed");
        call("POST", "/users/" + user + "/api-keys", "{}", all);

        assertEquals(0, http.engine().count("SELECT count(*) FROM server_keys WHERE server_keys::text LIKE ?",
                "%" + secret + "%"));
        assertFalse(call("GET", "/users/" + user + "/api-keys", "", all).text().contains(ApiKeys.PREFIX));
    }

    @Test
    void anExpiredKeyIsRefused() {
        String user = http.user("expired");
        String key = call("POST", "/users/" + user + "/api-keys", "{\"expires_at\":\"2020-01-01T00:00:00Z\"}", all)
                .data().get("api_key").get("key").stringValue();

        assertEquals(401, call("GET", "/users/" + user, "", key).status());
    }

    @Test
    void aServerWithoutAnyKeyDoesNotStartOnTheNetwork() throws SQLException {
        ServerSettings network = new ServerSettings("0.0.0.0", 0, Set.of(), false, 0, 10,
                Duration.ofSeconds(10), false);
        assertTrue(network.needsKeys());
        EngineException refused = assertThrows(EngineException.class, () -> HttpFixture.start(network).close());

        assertTrue(String.valueOf(refused.getMessage()).contains("api-keys create"), refused.toString());
    }

    @Test
    void aBusyPortIsASentence() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerSettings settings = ServerSettings.loopback(busy.getLocalPort());
            String sentence = String
                    .valueOf(assertThrows(EngineException.class, settings::requireFreePort).getMessage());

            assertTrue(sentence.contains("in use"), sentence);
            assertEquals(sentence, assertThrows(EngineException.class, () -> http.another(settings)).getMessage());
        }
    }

    @Test
    void tooManyRequestsOfAKeyAreRefused() {
        try (HttpServer limited = http.another(ServerSettings.loopback(0).withRequestsPerMinute(5))) {
            for (int i = 0; i < 5; i++) {
                assertEquals(404, http.send(limited.url(), "GET", "/api/v1/none", null, Map.of()).status());
            }
            Answer refused = http.send(limited.url(), "GET", "/api/v1/users", null, Map.of());
            assertEquals(429, refused.status());
            assertEquals("error", refused.json().get("status").stringValue());
            assertEquals(200, http.send(limited.url(), "GET", "/api/v1/health", null, Map.of()).status());
        }
    }

    @Test
    void aBodyBeyondTheLimitOfTheEngineIsRefused() {
        String session = http.newSession();
        http.engine().set("buffer.max_batch_bytes=65536", "buffer.max_message_bytes=65536");
        try {
            String text = "x".repeat(70_000);
            assertEquals(422, http.post("/sessions/" + session + "/messages", HttpFixture.messages(text)).status());
            assertEquals(413, http.post("/sessions/" + session + "/messages",
                    HttpFixture.messages(text.repeat(10))).status());
        } finally {
            http.engine().set("buffer.max_batch_bytes=8388608", "buffer.max_message_bytes=1048576");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:{port},-,200", "localhost,-,200", "localhost:{port},http://localhost:{port},200",
            "[::1]:{port},-,200", "LOCALHOST,-,200", "evil.example,-,403", "evil.example:{port},-,403",
            "localhost.evil.example,-,403", "127.0.0.1.evil.example,-,403",
            "localhost:{port},http://evil.example,403", "localhost:{port},null,403",
            "localhost:{port},http://localhost:1,403", "localhost:{port},https://localhost.evil.example:{port},403"})
    void onlyKnownHostsAndOriginsAreServed(String host, String origin, int status) throws IOException {
        String port = Integer.toString(http.server().port());
        String request = "GET /api/v1/users HTTP/1.1\r\nHost: " + host.replace("{port}", port) + "\r\n"
                + (origin.equals("-") ? "" : "Origin: " + origin.replace("{port}", port) + "\r\n")
                + "Connection: close\r\n\r\n";

        String answer = raw(request);

        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
        assertFalse(answer.contains("Access-Control-Allow-Origin"), answer);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server().port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void malformedRequestsGetAnEnvelope() throws IOException {
        for (String request : Set.of("GET / HTTP/1.1\r\n\r\n", "NONSENSE\r\n\r\n",
                "GET /api/v1/users/%2F HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            String answer = raw(request);
            assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
            assertTrue(answer.contains("\"status\":\"error\""), answer);
        }
    }

    @Test
    void aSessionIdOfTwoUsersIsResolvedByTheKey() {
        String user = http.user("original");
        String session = http.session(user, http.agent("copied agent"), "copied");
        List<UserRecord> records = new ArrayList<>();
        http.engine().engine().exportUser(UUID.fromString(user), records::add);
        UUID copy = http.engine().engine().importUser("copy", records::stream).id();
        String key = http.engine().engine().apiKeys().create(Optional.of(copy), Optional.empty(), Optional.empty())
                .text();
        try (HttpServer other = http.another(ServerSettings.loopback(0).withKeys())) {
            assertEquals(400, http.send(other.url(), "GET", "/api/v1/sessions/" + session, null,
                    Map.of("X-API-Key", all)).status());
            assertEquals(copy.toString(), http.send(other.url(), "GET", "/api/v1/sessions/" + session, null,
                    Map.of("X-API-Key", key)).data().get("session").get("user_id").stringValue());
        }
    }
}
