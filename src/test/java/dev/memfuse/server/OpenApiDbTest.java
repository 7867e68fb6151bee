package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.server.HostileRequests.Made;
import dev.memfuse.server.HttpFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The description is that of the routes, and requests made from it never break the server or reach another user.
@Tag("db")
class OpenApiDbTest {
    private static final int REQUESTS = Integer.getInteger("memfuse.hostile.requests", 10_000);
    /// Longest time for all of them on a busy machine.
    private static final Duration TIME = Duration.ofMinutes(3);
    private static final String SECRET = "the victim's secret";

    private static HttpFixture http;
    private static JsonNode description;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start("buffer.bypass_mode=false");
        description = http.send("GET", "/openapi.json", null, Map.of()).json();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @Test
    void everyDescribedOperationIsARouteAndNoOtherIs() {
        List<String> methods = List.of("GET", "POST", "PUT", "DELETE", "PATCH");
        Set<String> described = new TreeSet<>();
        Set<String> answered = new TreeSet<>();
        description.get("paths").forEachEntry((path, operations) -> {
            operations.propertyNames().forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path));
            for (String method : methods) {
                Answer answer = http.send(method, path.replaceAll("\\{\\w+}", "none"),
                        method.equals("GET") ? null : "{}", Map.of());
                assertFalse(answer.text().contains("no such path"), path);
                if (answer.status() != 405) {
                    answered.add(method + " " + path);
                }
            }
        });

        assertEquals(described, answered);
        assertTrue(described.size() > 25, described.toString());
        assertEquals(404, http.send("GET", "/api/v1/other", null, Map.of()).status());
    }

    @Test
    void idsOfOperationsAndReferencesAreValid() {
        Set<String> ids = new TreeSet<>();
        AtomicInteger operations = new AtomicInteger();
        description.get("paths").forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
            operations.incrementAndGet();
            ids.add(operation.get("operationId").stringValue());
        }));

        assertEquals(operations.get(), ids.size());
        description.findValuesAsString("$ref").forEach(reference -> assertTrue(description.get("components")
                .get("schemas").has(reference.substring(reference.lastIndexOf('/') + 1)), reference));
    }

    /// A user with a key, for the attacker.
    private static Map.Entry<String, String> attacker(int number) {
        String user = http.user("attacker " + number);
        return Map.entry(user, http.engine().engine().apiKeys().create(Optional.of(UUID.fromString(user)),
                Optional.empty(), Optional.empty()).text());
    }

    /// Returns the attacker's own ids, so that many requests succeed.
    private static Map<String, String> own(Map.Entry<String, String> attacker, String agent) {
        return Map.of("user_id", attacker.getKey(), "agent_id", agent, "session_id",
                http.session(attacker.getKey(), agent, "of the attacker"));
    }

    @Test
    void hostileRequestsNeitherFailNorReachAnotherUser() {
        String victim = http.user("victim");
        String agent = http.agent("shared by both");
        String session = http.session(victim, agent, SECRET + " session");
        String message = http.post("/sessions/" + session + "/messages", HttpFixture.messages(SECRET)).data()
                .get("message_ids").get(0).stringValue();
        HostileRequests requests = new HostileRequests(description, 13);
        int attackers = 0;
        Map.Entry<String, String> attacker = attacker(attackers++);
        List<String> ids = new ArrayList<>(List.of(victim, agent, session, message));
        Map<String, String> own = own(attacker, agent);
        Map<Integer, Integer> statuses = new TreeMap<>();
        long start = System.nanoTime();
        for (int i = 0; i < REQUESTS; i++) {
            Made made = requests.next(ids, own);
            Answer answer = http.send(made.method(), made.path(), made.body(),
                    Map.of("X-API-Key", attacker.getValue()));
            statuses.merge(answer.status(), 1, Integer::sum);
            assertTrue(answer.status() < 500, made + " " + answer);
            assertFalse(answer.text().contains(SECRET), made + " " + answer);
            if (answer.status() == 401) {
                attacker = attacker(attackers++);
                own = own(attacker, agent);
            } else if (answer.status() == 201 && answer.data().has("session")) {
                ids.add(answer.data().get("session").get("id").stringValue());
            } else if (answer.status() == 201 && answer.data().has("message_ids")) {
                answer.data().get("message_ids").forEach(id -> ids.add(id.stringValue()));
            }
        }

        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(Locale.ROOT, "%d hostile requests in %.1f s: %s%n", REQUESTS, taken.toMillis() / 1e3,
                statuses);
        assertTrue(taken.compareTo(TIME) < 0, taken.toString());
        assertTrue(statuses.containsKey(200) && statuses.containsKey(201) && statuses.containsKey(404)
                && statuses.containsKey(422), statuses.toString());
        SessionKey key = new SessionKey(UUID.fromString(victim), UUID.fromString(session));
        assertEquals(List.of(SECRET), http.engine().engine().messages(key, 10, Order.OLDEST_FIRST).stream()
                .map(each -> each.content()).toList());
        assertEquals(SECRET + " session", http.engine().engine().sessions(key.userId()).getFirst().name());
        assertNotEquals(0, http.engine().engine().sharedAgents().list().size());
    }
}
