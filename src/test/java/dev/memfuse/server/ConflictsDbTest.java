package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Facts that contradict each other name each other in the answers over HTTP.
@Tag("db")
class ConflictsDbTest {
    private static final List<String> FACTS = List.of("Anna lives in Porto.", "Anna lives in Dublin.",
            "Anna loves hiking.");

    private static HttpFixture http;
    private static String user;
    /// Ids of the facts by content.
    private static final Map<String, String> IDS = new HashMap<>();

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true");
        user = http.user("conflicting");
        String session = http.session(user, http.agent("agent of facts"), "facts");
        for (String fact : FACTS) {
            assertEquals(201, http.post("/sessions/" + session + "/messages", HttpFixture.messages(fact)).status());
            assertTrue(http.engine().engine().awaitExtraction(Duration.ofSeconds(60)));
        }
        for (JsonNode fact : http.get("/users/" + user + "/knowledge").data().get("knowledge")) {
            IDS.put(fact.get("content").stringValue(), fact.get("id").stringValue());
        }
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static void assertConflicts(String content, JsonNode conflicts) {
        Map<String, List<String>> expected = Map.of(FACTS.get(0), List.of(id(1)), FACTS.get(1), List.of(id(0)),
                FACTS.get(2), List.of());
        assertEquals(expected.get(content), conflicts.valueStream().map(JsonNode::stringValue).toList(), content);
    }

    private static String id(int fact) {
        return IDS.getOrDefault(FACTS.get(fact), "none");
    }

    @Test
    void listsOfKnowledgeNameTheOtherFact() {
        assertEquals(Set.copyOf(FACTS), IDS.keySet());
        for (JsonNode fact : http.get("/users/" + user + "/knowledge").data().get("knowledge")) {
            assertConflicts(fact.get("content").stringValue(), fact.get("conflicts_with"));
        }
    }

    @Test
    void resultsOfQueriesNameTheOtherFactInTheirMetadata() {
        int facts = 0;
        for (JsonNode result : http.post("/users/" + user + "/query",
                "{\"query\":\"Where does Anna live?\",\"top_k\":20}").data().get("results")) {
            JsonNode conflicts = result.get("metadata").get("conflicts_with");
            if (result.get("type").stringValue().equals("knowledge") && IDS.containsValue(
                    result.get("id").stringValue())) {
                facts++;
                assertConflicts(result.get("content").stringValue(), conflicts);
            } else {
                assertEquals(0, conflicts.size(), result.toString());
            }
        }
        assertEquals(3, facts);
    }
}
