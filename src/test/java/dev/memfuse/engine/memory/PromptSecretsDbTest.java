package dev.memfuse.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.memory.ModelServer.Call;
import dev.memfuse.engine.memory.text.SecretSamples;
import dev.memfuse.engine.memory.text.Secrets;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.quicktheories.WithQuickTheories;

/// No request to a language model holds a secret of a message or of a fact.
@Tag("db")
class PromptSecretsDbTest implements WithQuickTheories {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String FACT = "{\"facts\": [{\"content\": \"The user lives in Lisbon.\", "
            + "\"type\": \"personal\", \"confidence\": 0.9, \"source\": [1]}]}";

    private EngineFixture fixture;
    private ModelServer server;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true",
                "llm.max_requests_per_minute=100000", "llm.max_tokens_per_minute=10000000");
        server = ModelServer.start(call -> switch (call.task()) {
            case "fact_extraction" -> FACT;
            case "conflict_detection" -> "{\"conflicts\": []}";
            default -> "{\"title\": \"A talk\", \"summary\": \"They talked about Lisbon.\"}";
        });
        fixture.set("llm.provider=openai", "llm.base_url=" + server.baseUrl());
    }

    @AfterEach
    void stop() {
        fixture.close();
        server.close();
    }

    private void add(SessionKey session, List<String> messages) {
        fixture.engine().addBatch(session, EngineFixture.messages(messages.toArray(String[]::new)));
        assertTrue(fixture.engine().awaitExtraction(LIMIT));
    }

    @Test
    void noPromptHoldsASecretOfAMessage() {
        for (int kind = 0; kind < SecretSamples.kinds(); kind++) {
            SecretSamples.Sample sample = SecretSamples.of(kind, new Random(kind));
            SessionKey session = fixture.newSession("user " + kind);
            List<String> messages = new ArrayList<>(List.of("I live in Lisbon near the sea."));
            messages.addAll(sample.messages());
            int before = server.calls().size();
            add(session, messages);

            List<Call> calls = server.calls().subList(before, server.calls().size());
            assertEquals(List.of("episode_summary", "fact_extraction"),
                    calls.stream().map(Call::task).sorted().toList());
            calls.forEach(call -> assertNone(sample, call));
        }
    }

    private static void assertNone(SecretSamples.Sample sample, Call call) {
        assertEquals(List.of(), sample.parts().stream().filter(call.user()::contains).toList(), call.user());
        assertTrue(call.user().contains("I live in Lisbon near the sea.") && call.user().contains(Secrets.MASK),
                call.user());
    }

    /// Facts of an older version or of an import may hold a secret.
    @Test
    void noPromptHoldsASecretOfAFact() throws SQLException {
        Map<SessionKey, SecretSamples.Sample> users = new LinkedHashMap<>();
        fixture.set("llm.provider=local");
        for (int kind = 0; kind < SecretSamples.kinds(); kind++) {
            SecretSamples.Sample sample = SecretSamples.of(kind, new Random(kind));
            if (sample.messages().size() == 1) {
                SessionKey session = fixture.newSession("user " + kind);
                users.put(session, sample);
                add(session, List.of("I live in Lisbon."));
                try (Connection connection = fixture.connect()) {
                    assertEquals(1, Statements.update(connection, "UPDATE m2_semantic SET fact_content = ?, "
                            + "value = 'rome' WHERE user_id = ?", sample.messages().getFirst(), session.userId()));
                }
            }
        }
        // The facts of the users are read again.
        fixture.restart();
        fixture.set("llm.provider=openai");
        users.forEach((session, sample) -> {
            int before = server.calls().size();
            add(session, List.of("I live in Lisbon near the sea."));

            List<Call> asked = server.calls().subList(before, server.calls().size()).stream()
                    .filter(call -> call.task().equals("conflict_detection")).toList();
            assertEquals(1, asked.size());
            assertEquals(List.of(), sample.parts().stream().filter(asked.getFirst().user()::contains).toList(),
                    asked.getFirst().user());
            assertTrue(asked.getFirst().user().contains(Secrets.MASK), asked.getFirst().user());
        });
    }

    /// Queries, and the vectors of messages, ask no language model.
    @Test
    void aQueryAsksNoLanguageModel() {
        SessionKey session = fixture.newSession("alice");
        add(session, List.of("I live in Lisbon near the sea."));
        int before = server.calls().size();

        fixture.engine().query(session.userId(), "My password is sunflower. Where do I live?", 5);
        fixture.engine().facts(session.userId(), FactQuery.current(10));
        fixture.engine().reembedding().status();

        assertEquals(before, server.calls().size());
        assertFalse(server.calls().stream().anyMatch(call -> call.user().contains("sunflower")));
    }

    /// What the server returns is no secret of the conversation, but may be made up.
    @Test
    void aNameThatIsASecretIsNotStored() throws SQLException {
        String key = "sk-proj-" + UUID.randomUUID();
        try (ModelServer inventing = ModelServer.start(call -> call.task().equals("fact_extraction")
                ? FACT.replace("\"source\"", "\"entities\": [\"" + key + "\"], \"source\"")
                : "{\"title\": \"A talk\", \"summary\": \"They talked about Lisbon.\"}")) {
            fixture.set("llm.base_url=" + inventing.baseUrl());
            SessionKey session = fixture.newSession("alice");
            add(session, List.of("I live in Lisbon near the sea."));

            assertEquals(0, fixture.count("SELECT count(*) FROM m2_semantic WHERE user_id = ? "
                    + "AND array_to_string(entities, ' ') LIKE '%sk-proj%'", session.userId()));
        }
    }
}
