package dev.memfuse.engine.memory;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.Everything;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.FactQuery.Versions;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.lab.simulator.LlmSimulator;
import dev.memfuse.lab.simulator.LogNormal;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// M1 and M2 of an engine: extraction, merge, supersession and erasure.
@Tag("db")
class LayersDbTest {
    private static final Instant MORNING = Instant.parse("2024-05-15T08:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(60);

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

    private AddResult add(SessionKey to, Instant at, String... contents) {
        return fixture.engine().addBatch(to, Arrays.stream(contents)
                .map(content -> new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), Role.USER, content, at))
                .toList());
    }

    private AddResult addAndExtract(String... contents) {
        return addAndExtract(MORNING, contents);
    }

    private AddResult addAndExtract(Instant at, String... contents) {
        AddResult added = add(session, at, contents);
        awaitExtraction();
        return added;
    }

    private void awaitExtraction() {
        assertTrue(fixture.engine().awaitExtraction(LIMIT));
    }

    private List<Fact> facts() {
        return fixture.engine().facts(session.userId(), FactQuery.current(100));
    }

    private List<Fact> history() {
        return fixture.engine().facts(session.userId(), FactQuery.history(100));
    }

    private List<String> contents() {
        return facts().stream().map(Fact::content).sorted().toList();
    }

    private List<Episode> episodes() {
        return fixture.engine().episodes(session.userId(), EpisodeQuery.newest(100));
    }

    @Test
    void aFactHasTypeNamesTimeAndSource() {
        AddResult added = addAndExtract("Yesterday I met Anna Maria at the old harbour.");

        Fact fact = facts().getFirst();

        assertEquals("temporal", fact.type());
        assertEquals(List.of("Anna Maria"), fact.entities());
        assertEquals(Optional.of(Instant.parse("2024-05-14T00:00:00Z")), fact.time().happenedAt());
        assertEquals(Instant.parse("2024-05-14T00:00:00Z"), fact.time().validFrom());
        assertEquals(MORNING, fact.time().observedAt());
        assertEquals(added.messageIds(), fact.messageIds());
        assertEquals(added.roundId(), fact.roundId());
    }

    @Test
    void aRepetitionIsOneFactWithBothSources() {
        AddResult first = addAndExtract("I love the light in Lisbon.");
        double before = facts().getFirst().confidence();
        AddResult second = addAndExtract("i love the light in Lisbon!");

        assertEquals(List.of("I love the light in Lisbon."), contents());
        Fact fact = facts().getFirst();
        assertEquals(List.of(first.messageIds().getFirst(), second.messageIds().getFirst()), fact.messageIds());
        assertTrue(fact.confidence() > before && fact.confidence() < 1, fact.confidence() + " > " + before);
    }

    @Test
    void factsWithDifferentNumbersNamesOrTimesAreSeparate() {
        addAndExtract("I met Anna at the lake.", "I met Paula at the lake.");
        addAndExtract("I went running yesterday.");
        addAndExtract(MORNING.plus(Duration.ofDays(3)), "I went running yesterday.");

        assertEquals(4, facts().size());
    }

    @Test
    void aNewerValueSupersedesTheOlderOne() {
        addAndExtract("I live in Lisbon.", "My favourite colour is blue.");
        Instant later = MORNING.plus(Duration.ofDays(40));
        AddResult move = addAndExtract(later, "I moved to Berlin.");

        assertEquals(List.of("I moved to Berlin.", "My favourite colour is blue."), contents());
        Fact older = history().stream().filter(fact -> fact.content().contains("Lisbon")).findFirst().orElseThrow();
        Fact newer = facts().stream().filter(fact -> fact.content().contains("Berlin")).findFirst().orElseThrow();
        assertEquals(Optional.of(later), older.time().validTo());
        assertEquals(Optional.of(newer.id()), older.time().supersededBy());
        assertEquals(move.messageIds(), newer.messageIds());
    }

    @Test
    void aLateStatementDoesNotSupersedeANewerFact() {
        Instant later = MORNING.plus(Duration.ofDays(40));
        addAndExtract(later, "I live in Berlin.");
        addAndExtract("I live in Lisbon.");

        assertEquals(List.of("I live in Berlin."), contents());
        assertEquals(2, history().size());
    }

    @Test
    void aChangedLikingSupersedesOnlyItself() {
        addAndExtract("I love green tea.", "I love black coffee.");
        addAndExtract(MORNING.plus(Duration.ofDays(1)), "I don't like green tea any more.");

        assertEquals(List.of("I don't like green tea any more.", "I love black coffee."), contents());
    }

    @Test
    void factsBelowTheMinimumConfidenceAreNotStored() {
        addAndExtract("Maybe I love green tea.");
        assertEquals(List.of(), contents());

        fixture.set("layers.m2.min_confidence=0.5");
        addAndExtract("Maybe I love green tea.");

        assertEquals(List.of("Maybe I love green tea."), contents());
    }

    /// Facts of a language model may have no claim: then only their similarity makes them candidates. The facts of rules
    /// have claims.
    @Test
    void onlySimilarFactsAreCheckedForAContradiction() {
        try (LlmSimulator _ = simulate(0, Duration.ZERO)) {
            fixture.set("layers.m2.conflict_similarity=1.0");
            addAndExtract("The museum opens at nine.");
            addAndExtract(MORNING.plus(Duration.ofDays(1)), "The museum opens at ten.");
            assertEquals(2, facts().size());

            fixture.set("layers.m2.conflict_similarity=0.6");
            addAndExtract("The library closes at eight.");
            addAndExtract(MORNING.plus(Duration.ofDays(1)), "The library closes at six.");
        }

        assertEquals(List.of("The library closes at six.", "The museum opens at nine.", "The museum opens at ten."),
                contents());
    }

    @Test
    void readsFactsByTypeConfidenceAndNumber() {
        addAndExtract("I love green tea.", "I live in Lisbon.");

        assertEquals(List.of("I live in Lisbon."), fixture.engine()
                .facts(session.userId(), new FactQuery(Set.of("personal"), 0, Versions.CURRENT, 10)).stream()
                .map(Fact::content).toList());
        assertEquals(List.of(),
                fixture.engine().facts(session.userId(), new FactQuery(Set.of(), 1, Versions.CURRENT, 10)));
        assertEquals(1, fixture.engine().facts(session.userId(), FactQuery.current(1)).size());
        assertThrows(InvalidValueException.class, () -> FactQuery.current(0));
    }

    @Test
    void anEpisodeIsMadeOfSentencesOfItsRound() {
        AddResult added = addAndExtract("The weather was fine. Anna bought a boat in Porto.",
                "The boat needs a new sail. Anna will repair the sail of the boat in Porto.", "Nice.");

        Episode episode = episodes().getFirst();

        assertEquals(added.messageIds(), episode.messageIds());
        assertEquals("Anna will repair the sail of the boat in Porto.", episode.title());
        assertTrue(episode.summary().contains("Anna bought a boat in Porto."), episode.summary());
        assertEquals(Episode.Method.EXTRACTIVE, episode.method());
        assertEquals(MORNING, episode.startedAt());
        assertEquals(new LayerResult(DerivedLayer.M1, LayerStatus.DONE, 1, ""),
                fixture.engine().layerResults(session.userId(), added.roundId()).getFirst());
    }

    @Test
    void theVectorOfAnEpisodeIsTheMeanOfTheVectorsOfItsChunks() {
        addAndExtract("I love the light in Lisbon.", "I love the light in Lisbon.");

        List<Chunk> chunks = Everything.of(fixture.store(), session.userId()).chunks;
        float[] first = chunks.getFirst().vector();
        float[] second = chunks.getLast().vector();
        float[] mean = new float[first.length];
        double square = 0;
        for (int i = 0; i < mean.length; i++) {
            mean[i] = first[i] + second[i];
            square += (double) mean[i] * mean[i];
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= (float) Math.sqrt(square);
        }
        assertEquals(2, chunks.size());
        assertArrayEquals(mean, episodes().getFirst().vector(), 1e-5f);
        assertEquals(chunks.getFirst().model() + "+mean1", episodes().getFirst().model());
    }

    @Test
    void chunksOfTheBuffersAreNotDuplicated() throws SQLException {
        fixture.set("buffer.bypass_mode=false");
        add(session, MORNING, "I love the light in Lisbon.");
        add(session, MORNING, "I love the sea too.");
        fixture.engine().flush();
        awaitExtraction();

        assertEquals(2, fixture.count("SELECT count(*) FROM m1_episodic"));
        assertEquals(2, episodes().size());
    }

    @Test
    void parallelWorkersLoseAndDuplicateNoFact() {
        fixture.set("memory_service.parallel_enabled=true", "memory_service.max_concurrent_layers=8",
                "memory_service.timeout_per_layer=60");
        for (int i = 0; i < 12; i++) {
            add(session, MORNING, "I love the light in Lisbon.", "My cat number " + i + " is called Minka" + i + ".");
        }
        awaitExtraction();

        assertEquals(13, facts().size());
        Fact shared = facts().stream().filter(fact -> fact.content().contains("Lisbon")).findFirst().orElseThrow();
        assertEquals(12, shared.messageIds().size());
    }

    @Test
    void deletingAMessageErasesItFromEpisodesAndFactsAndKeepsOtherSources() throws SQLException {
        AddResult first = addAndExtract("I love the light in Lisbon.", "I keep a secret garden behind my house.");
        AddResult second = addAndExtract("I love the light in Lisbon!");

        DeleteResult result = fixture.engine().deleteMessages(session, first.messageIds().subList(1, 2));
        awaitExtraction();

        assertEquals(new DeleteResult(0, 1, 1, 1, 0, 1), result);
        assertEquals(List.of("I love the light in Lisbon."), contents());
        assertEquals(0, fixture.count("SELECT count(*) FROM m1_episodes WHERE summary LIKE '%secret%' "
                + "OR title LIKE '%secret%'"));
        assertEquals(2, episodes().size());

        assertEquals(0, fixture.engine().deleteMessages(session, second.messageIds()).facts());
        assertEquals(first.messageIds().subList(0, 1), facts().getFirst().messageIds());
    }

    @Test
    void anErasedFactIsExtractedAgainFromItsOtherSource() {
        AddResult first = addAndExtract("I love the light in Lisbon.");
        AddResult second = addAndExtract("i love the light in lisbon!!");

        assertEquals(1, fixture.engine().deleteMessages(session, first.messageIds()).facts());
        awaitExtraction();

        assertEquals(List.of("i love the light in lisbon!!"), contents());
        assertEquals(second.messageIds(), facts().getFirst().messageIds());
    }

    @Test
    void erasingTheNewerFactMakesTheOlderOneCurrent() {
        addAndExtract("I live in Lisbon.");
        AddResult move = addAndExtract(MORNING.plus(Duration.ofDays(40)), "I live in Berlin.");

        fixture.engine().deleteMessages(session, move.messageIds());

        assertEquals(List.of("I live in Lisbon."), contents());
        assertEquals(1, history().size());
    }

    @Test
    void deletingASessionKeepsFactsOfAnotherSession() {
        SessionKey other = fixture.anotherSession(session);
        addAndExtract("I love the light in Lisbon.");
        AddResult second = add(other, MORNING, "I love the light in Lisbon!");
        awaitExtraction();

        DeleteResult result = fixture.engine().deleteSession(session);
        awaitExtraction();

        assertEquals(new DeleteResult(0, 1, 1, 1, 1, 1), result);
        assertEquals(List.of(second.messageIds()), facts().stream().map(Fact::messageIds).toList());
    }

    @Test
    void usersCannotReadLayersOfOthers() {
        AddResult added = addAndExtract("I love the light in Lisbon.");
        UUID mallory = fixture.newSession("mallory").userId();

        assertEquals(List.of(), fixture.engine().facts(mallory, FactQuery.history(10)));
        assertEquals(List.of(), fixture.engine().episodes(mallory, EpisodeQuery.newest(10)));
        assertEquals(List.of(),
                fixture.engine().episodes(mallory, new EpisodeQuery(Optional.of(session.sessionId()), 10)));
        assertThrows(NotFoundException.class, () -> fixture.engine().layerResults(mallory, added.roundId()));
    }

    private LlmSimulator simulate(double errorRate, Duration latency) {
        LlmSimulator simulator = LlmSimulator
                .start(new LlmSimulator.Options(0, new LogNormal(latency, latency), errorRate, 1));
        fixture.set("llm.provider=openai", "llm.base_url=" + simulator.baseUrl(), "llm.max_requests_per_minute=1000",
                "llm.max_tokens_per_minute=10000000", "llm.max_retries=0", "memory_service.max_retries=0");
        return simulator;
    }

    @Test
    void answersOfALanguageModelBecomeEpisodesAndFacts() {
        try (LlmSimulator simulator = simulate(0, Duration.ZERO)) {
            AddResult added = addAndExtract("The harbour of Porto was full of boats. We stayed until late.");
            addAndExtract("The harbour of Porto was full of boats. We stayed until late.", "The museum opens at nine.");
            addAndExtract(MORNING.plus(Duration.ofDays(1)), "The museum opens at ten.");

            Episode episode = episodes().getLast();
            assertEquals("(SIMULATOR) The harbour of Porto was full of boats. We stayed until late.",
                    episode.summary());
            assertEquals(Episode.Method.LANGUAGE_MODEL, episode.method());
            assertEquals(List.of("The harbour of Porto was full of boats.", "The museum opens at ten.",
                    "We stayed until late."), contents());
            assertEquals(4, history().size());
            assertEquals(added.messageIds().getFirst(), facts().getLast().messageIds().getFirst());
            assertTrue(simulator.calls() >= 6, simulator.calls() + " calls");
        }
    }

    @Test
    void rulesReplaceAFailedLanguageModelOnlyWithFallback() {
        try (LlmSimulator simulator = simulate(1, Duration.ZERO)) {
            AddResult added = addAndExtract("I love the light in Lisbon.");

            List<LayerResult> results = fixture.engine().layerResults(session.userId(), added.roundId());
            assertEquals(List.of(LayerStatus.DONE, LayerStatus.DONE),
                    results.stream().map(LayerResult::status).toList());
            assertTrue(results.getLast().note().endsWith("Rules were used instead."), results.toString());
            assertEquals(List.of("I love the light in Lisbon."), contents());

            fixture.set("memory_service.enable_fallback=false");
            AddResult without = addAndExtract("I love the sea.");

            LayerResult failed = fixture.engine().layerResults(session.userId(), without.roundId()).getLast();
            assertEquals(LayerStatus.FAILED, failed.status());
            assertTrue(failed.note().startsWith("The language model at " + simulator.baseUrl()), failed.note());
            assertEquals(2, fixture.engine().extractionStatus().deadLetters().size());

            fixture.set("llm.provider=local");
            assertEquals(2, fixture.engine().retryFailed());
            await("the dead letters are done", () -> contents().contains("I love the sea."));
        }
    }

    @Test
    void anAcknowledgementNeverWaitsForTheLanguageModel() {
        try (LlmSimulator _ = simulate(0, Duration.ofSeconds(3))) {
            long begun = System.nanoTime();
            AddResult added = add(session, MORNING, "I love the light in Lisbon.");
            long took = System.nanoTime() - begun;

            assertEquals(LayerStatus.QUEUED, added.m2());
            assertTrue(took < Duration.ofSeconds(2).toNanos(), took / 1e9 + " s");
            assertEquals(1, fixture.engine().query(session.userId(), "Lisbon", 5).hits().size());
        }
    }

    @Test
    void rulesReplaceACallAfterItsTimeout() {
        try (LlmSimulator _ = simulate(0, Duration.ofSeconds(3))) {
            fixture.set("llm.timeout=0.2");
            AddResult added = addAndExtract("I love the light in Lisbon.");

            assertTrue(fixture.engine().layerResults(session.userId(), added.roundId()).getLast().note()
                    .contains("did not answer"));
            assertEquals(List.of("I love the light in Lisbon."), contents());
        }
    }
}
