package dev.memfuse.engine.memory;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Extraction at the limits of requests per minute.
@Tag("db")
class LimitedModelDbTest {
    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true");
        session = fixture.newSession("alice");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static String answer(ModelServer.Call call) {
        return call.task().equals("fact_extraction")
                ? "{\"facts\": []}"
                : "{\"title\": \"A talk\", \"summary\": \"They talked.\"}";
    }

    private void use(String baseUrl) {
        fixture.set("llm.provider=openai", "llm.base_url=" + baseUrl);
    }

    private AddResult add(SessionKey to, String content) {
        return fixture.engine().addBatch(to, List.of(NewMessage.of(Role.USER, content)));
    }

    private void addAndExtract(String content) {
        add(session, content);
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(60)));
    }

    private List<LayerResult> results(AddResult added) {
        return fixture.engine().layerResults(session.userId(), added.roundId());
    }

    @Test
    void roundsWaitInTheWorkListAtTheLimits() {
        fixture.set("llm.max_requests_per_minute=3");
        try (ModelServer server = ModelServer.start(LimitedModelDbTest::answer)) {
            use(server.baseUrl());
            List<AddResult> added = IntStream.range(0, 4).mapToObj(i -> add(session, "I met Anna " + i + " times."))
                    .toList();
            await("a round is postponed", () -> fixture.metrics().extraction().counts().postponed() > 0);

            assertFalse(fixture.engine().awaitExtraction(Duration.ofMillis(500)));
            assertEquals(3, server.calls().size());
            ExtractionStats.Counts counts = fixture.metrics().extraction().counts();
            assertEquals(List.of(3L, 0L), List.of(counts.total().byModel(), counts.total().byFallback()));
            LayerResult waiting = results(added.get(1)).getLast();
            assertEquals(LayerStatus.QUEUED, waiting.status());
            assertEquals(0, waiting.attempts());
            assertTrue(waiting.note().endsWith("The round waits in the work list."), waiting.note());
        }
    }

    @Test
    void atTheLimitsRulesBuildRoundsWhenTheyAreAskedTo() {
        fixture.set("llm.max_requests_per_minute=3", "llm.when_limited=fallback");
        try (ModelServer server = ModelServer.start(LimitedModelDbTest::answer)) {
            use(server.baseUrl());
            for (int i = 0; i < 4; i++) {
                addAndExtract("I met Anna " + i + " times.");
            }

            ExtractionStats.Counts counts = fixture.metrics().extraction().counts();
            assertEquals(List.of(3L, 5L), List.of(counts.total().byModel(), counts.total().byFallback()));
            assertEquals(Map.of("The limits of requests and tokens per minute allow no other call now. "
                    + "Rules were used instead.", 5L), counts.reasons());
            assertEquals(List.of(3L, 300L, 30L),
                    List.of(counts.calls(), counts.promptTokens(), counts.answerTokens()));
        }
    }
}
