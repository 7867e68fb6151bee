package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import dev.memfuse.engine.LayerBuild.Cost;
import dev.memfuse.engine.LayerBuild.Scope;
import dev.memfuse.engine.LayerBuild.State;
import dev.memfuse.lab.simulator.LlmSimulator;
import dev.memfuse.lab.simulator.LogNormal;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A layer that is switched on later works through the past too.
@Tag("db")
class LayerBuildDbTest {
    private static final int ROUNDS = 40;

    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void store() throws SQLException {
        fixture = EngineFixture.start();
        session = fixture.newSession("alice");
        for (int i = 0; i < ROUNDS; i++) {
            fixture.engine().addBatch(session, List.of(NewMessage.of(Role.USER, "I live in town number " + i + "."),
                    NewMessage.of(Role.ASSISTANT, "Nice.")));
        }
        fixture.engine().flush();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private LayerBuild job() {
        return fixture.engine().layerBuild();
    }

    private long built(DerivedLayer layer) throws SQLException {
        return fixture.count("SELECT count(*) FROM rounds WHERE user_id = ? AND " + layer.name().toLowerCase(
                java.util.Locale.ROOT) + "_state = 'done'", session.userId());
    }

    @ParameterizedTest
    @EnumSource
    void buildsWhatWasStoredWhileItWasOff(DerivedLayer layer) throws SQLException {
        Cost cost = job().cost(layer);
        assertEquals(ROUNDS, cost.rounds());
        assertEquals(2 * ROUNDS, cost.messages());
        assertTrue(cost.seconds() > 0 && cost.seconds() < 600, () -> cost.toString());
        assertEquals(0, cost.modelCalls(), "rules build the layer");
        assertEquals(0, built(layer));

        job().start(layer);

        await("the job ends", () -> job().status().state() == State.DONE);
        assertEquals(ROUNDS, built(layer));
        assertEquals(ROUNDS, job().status().done());
        assertEquals(ROUNDS, job().status().total());
        assertEquals(new Cost(0, 0, 0, 0), job().cost(layer));
    }

    @ParameterizedTest
    @EnumSource
    void theCostCountsTheCallsOfALanguageModel(DerivedLayer layer) {
        fixture.set("llm.provider=openai");

        assertEquals(ROUNDS, job().cost(layer).modelCalls());
    }

    @ParameterizedTest
    @EnumSource
    void roundsThatFailAreCountedAndRepeatedByTheNextStart(DerivedLayer layer) throws SQLException {
        try (LlmSimulator simulator = LlmSimulator.start(new LlmSimulator.Options(0,
                new LogNormal(Duration.ZERO, Duration.ZERO), 1, 1))) {
            fixture.set("llm.provider=openai", "llm.base_url=" + simulator.baseUrl(),
                    "llm.max_requests_per_minute=1000", "llm.max_tokens_per_minute=10000000", "llm.max_retries=0",
                    "memory_service.max_retries=0", "memory_service.enable_fallback=false");
            job().start(layer);
            await("the job ends", () -> job().status().state() == State.DONE);
        }
        assertEquals(0, built(layer));
        assertEquals(ROUNDS, job().status().failed());
        String sentence = job().status().sentence(layer);
        assertTrue(sentence.startsWith(layer + " was built for 0 of 40 rounds; 40 rounds failed. The last reason: The "
                + "language model at "), sentence);
        assertEquals(ROUNDS, job().cost(layer).rounds());

        fixture.set("llm.provider=local");
        job().start(layer);

        await("the job ends", () -> job().status().state() == State.DONE);
        assertEquals(ROUNDS, built(layer));
        assertEquals(0, job().status().failed());
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledJobIsContinuedByTheNextStart(DerivedLayer layer) throws SQLException {
        job().start(layer);
        job().cancel();
        await("the job ends", () -> job().status().state() == State.CANCELLED);
        assertTrue(job().cost(layer).rounds() > 0);

        fixture.restart();
        job().start(layer);

        await("the job ends", () -> job().status().state() == State.DONE);
        assertEquals(ROUNDS, built(layer));
    }

    private long madeBy(String maker, DerivedLayer layer) throws SQLException {
        String column = layer == DerivedLayer.M1 ? "m1_made_by" : "m2_made_by";
        return fixture.count("SELECT count(*) FROM rounds WHERE user_id = ? AND " + column + " = ?",
                session.userId(), maker);
    }

    private List<String> facts() {
        return fixture.engine().facts(session.userId(), FactQuery.history(1_000)).stream().map(Fact::content).sorted()
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whatRulesMadeIsMadeAgainByTheModelOnce(DerivedLayer layer) throws SQLException {
        job().start(layer);
        await("the job ends", () -> job().status().state() == State.DONE);
        assertEquals(ROUNDS, madeBy("rules", layer));
        assertEquals(0, job().cost(layer, Scope.MADE_BY_RULES).modelCalls());
        try (LlmSimulator simulator = LlmSimulator.start(new LlmSimulator.Options(0,
                new LogNormal(Duration.ZERO, Duration.ZERO), 0, 1))) {
            fixture.set("llm.provider=openai", "llm.base_url=" + simulator.baseUrl(),
                    "llm.max_requests_per_minute=1000", "llm.max_tokens_per_minute=10000000", "llm.max_retries=0");
            Cost cost = job().cost(layer, Scope.MADE_BY_RULES);
            assertEquals(ROUNDS, cost.modelCalls());
            assertTrue(cost.cents() > 0 && cost.sentence(layer, Scope.MADE_BY_RULES).contains("costs about"),
                    cost.sentence(layer, Scope.MADE_BY_RULES));

            job().start(layer, Scope.MADE_BY_RULES);
            await("the job ends", () -> job().status().state() == State.DONE);
        }
        assertEquals(ROUNDS, madeBy("model", layer));
        assertEquals(ROUNDS, job().status().done());
        assertEquals(0, job().cost(layer, Scope.MADE_BY_RULES).rounds());
        if (layer == DerivedLayer.M2) {
            assertEquals(ROUNDS, facts().stream().distinct().filter(fact -> fact.startsWith("I live in")).count());
            assertEquals(ROUNDS, facts().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void roundsThatRulesMakeAgainAreNotRepeated(DerivedLayer layer) throws SQLException {
        job().start(layer);
        await("the job ends", () -> job().status().state() == State.DONE);
        List<String> before = facts();
        try (LlmSimulator simulator = LlmSimulator.start(new LlmSimulator.Options(0,
                new LogNormal(Duration.ZERO, Duration.ZERO), 1, 1))) {
            fixture.set("llm.provider=openai", "llm.base_url=" + simulator.baseUrl(),
                    "llm.max_requests_per_minute=1000", "llm.max_tokens_per_minute=10000000", "llm.max_retries=0");

            job().start(layer, Scope.MADE_BY_RULES);
            await("the job ends", () -> job().status().state() == State.DONE);
        }
        assertEquals(ROUNDS, madeBy("rules", layer));
        assertEquals(before, facts());
        assertEquals(ROUNDS, job().cost(layer, Scope.MADE_BY_RULES).rounds());
    }

    @Test
    void thePriceOfTokensIsPartOfTheCost() {
        fixture.set("llm.provider=openai", "llm.prompt_price=0", "llm.answer_price=0");
        assertEquals(0, job().cost(DerivedLayer.M1).cents());

        fixture.set("llm.prompt_price=100");
        double prompts = job().cost(DerivedLayer.M1).cents();
        fixture.set("llm.prompt_price=200", "llm.answer_price=100");
        double both = job().cost(DerivedLayer.M1).cents();

        assertTrue(prompts > 0 && both > 2 * prompts, prompts + ", " + both);
    }
}
