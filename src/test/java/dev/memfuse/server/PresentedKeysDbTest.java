package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.server.HttpFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The key of one user opens no more, in whatever form a request presents it, and changes no user.
@Tag("db")
class PresentedKeysDbTest {
    private static HttpFixture http;
    private static String mine;
    private static String key;
    private static String another;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start();
        mine = http.user("mine");
        http.user("theirs");
        key = key(mine);
        another = key(mine);
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static String key(String user) {
        return http.engine().engine().apiKeys().create(Optional.of(UUID.fromString(user)), Optional.empty(),
                Optional.empty()).text();
    }

    /// Of a server that needs no key, which therefore opens everything to requests without one.
    @ParameterizedTest
    @CsvSource({"Bearer {key},-,1", "bEARER   {key},-,1", "'Bearer\t{key}',-,1", "'Bearer {key} ',-,1",
            "{key},-,1", "Token {key},-,1", "Basic {key},-,1", "'Bearer \"{key}\"',-,1", "-,{key},1", "-,' {key} ',1",
            "Bearer foreign,{key},1", "Basic dTpw,{key},1", "Bearer {key},{key},1", "Bearer {KEY},-,401",
            "-,{KEY},401", "Bearer {key}x,-,401", "'Bearer {key},{key}',-,401", "Bearer {key},{another},401",
            "Bearer foreign,-,2", "-,foreign,2", "Basic dTpw,-,2", "Bearer,-,2", "-,-,2"})
    void aFormOfAKeyThatIsNotUsualOpensNoMore(String authorization, String apiKey, int expected) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!authorization.equals("-")) {
            headers.put("Authorization", filled(authorization));
        }
        if (!apiKey.equals("-")) {
            headers.put("X-API-Key", filled(apiKey));
        }

        Answer answer = http.send("GET", "/api/v1/users", null, headers);

        assertEquals(expected,
                answer.status() == 200 ? answer.data().get("users").size() : answer.status(), headers + answer.text());
    }

    private static String filled(String text) {
        return text.replace("{key}", key).replace("{KEY}", "MF_" + key.substring(3)).replace("{another}", another);
    }

    @Test
    void aKeyOfOneUserNeitherChangesUsersNorTellsWhichThereAre() {
        Map<String, String> headers = Map.of("X-API-Key", key);

        Answer taken = http.send("PUT", "/api/v1/users/" + mine, "{\"name\":\"theirs\"}", headers);
        Answer free = http.send("PUT", "/api/v1/users/" + mine, "{\"name\":\"nobody's\"}", headers);
        Answer deleted = http.send("DELETE", "/api/v1/users/" + mine, null, headers);

        assertEquals(403, taken.status(), taken.text());
        assertEquals(taken.text(), free.text());
        assertEquals(403, deleted.status(), deleted.text());
        assertEquals("mine", http.get("/users/" + mine).data().get("user").get("name").stringValue());
        assertFalse(taken.text().contains("theirs"));
    }

    @Test
    void guessesBeyondTheLimitCostNoLookIntoTheDatabase() throws SQLException {
        String known = key(mine);
        try (HttpServer limited = http.another(ServerSettings.loopback(0).withKeys().withRequestsPerMinute(3));
                Connection connection = http.engine().connect();
                Statement lock = connection.createStatement()) {
            assertEquals(200, HttpFixture.status(limited.url() + "/api/v1/users", known));
            for (int i = 0; i < 3; i++) {
                assertEquals(401, HttpFixture.status(limited.url() + "/api/v1/users", guess()));
            }
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE server_keys, api_keys IN ACCESS EXCLUSIVE MODE");

            // A look-up would wait for the lock.
            assertEquals(429, HttpFixture.status(limited.url() + "/api/v1/users", guess()));
            assertEquals(200, HttpFixture.status(limited.url() + "/api/v1/users", known),
                    "a known key of the same address");
            connection.rollback();
        }
    }

    private static String guess() {
        return "mf_all_" + UUID.randomUUID().toString().replace("-", "") + "_" + "0".repeat(64);
    }
}
