package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.buffer.TokenCounter;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Filter, token budget and explanation of requests, and the index on disk.
@Tag("db")
class QueryDbTest {
    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws Exception {
        fixture = EngineFixture.start("layers.m1.enabled=true");
        session = fixture.newSession("alice");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private List<Hit> hits(QueryRequest request) {
        return fixture.engine().query(session.userId(), request).hits();
    }

    private static List<String> contents(List<Hit> hits) {
        return hits.stream().map(Hit::content).toList();
    }

    private void settle() {
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
    }

    private static QueryFilter filter(Set<UUID> sessions, Set<UUID> agents) {
        return new QueryFilter(sessions, agents, Optional.empty(), Optional.empty(), EnumSet.of(MemoryLayer.M0));
    }

    private static NewMessage at(String content, Instant when) {
        return new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), Role.USER, content, when);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSessionFilterRestrictsBeforeRanking(boolean bypass) {
        fixture.set("buffer.bypass_mode=" + bypass);
        SessionKey other = fixture.anotherSession(session);
        for (int i = 0; i < 30; i++) {
            fixture.engine().addBatch(session, messages("An apple a day, number " + i));
        }
        fixture.engine().addBatch(other, messages("A pear.", "The apple was red."));
        settle();

        List<Hit> found = hits(
                QueryRequest.of("apple", 2).within(filter(Set.of(other.sessionId()), Set.of())).explained());

        assertEquals(List.of("The apple was red.", "A pear."), contents(found));
        assertEquals(1.0, share(found.getFirst(), Signal.BM25).normalised(), 1e-9);
        assertEquals(2, fixture.engine()
                .query(session.userId(), QueryRequest.of("pear", 9).within(filter(Set.of(other.sessionId()), Set.of())))
                .searched());
    }

    @Test
    void anAgentFilterIncludesNewSessionsOfTheAgent() {
        Agent other = fixture.engine().createAgent(session.userId(), "other agent");
        fixture.engine().addBatch(session, messages("I told the first one about my cat."));
        QueryRequest ofOther = QueryRequest.of("cat", 5).within(filter(Set.of(), Set.of(other.id())));
        assertEquals(List.of(), hits(ofOther));

        Session first = fixture.engine().createSession(session.userId(), other.id(), null);
        fixture.engine().addBatch(first.key(), messages("The other one knows my cat too."));
        assertEquals(List.of("The other one knows my cat too."), contents(hits(ofOther)));

        QueryFilter both = filter(Set.of(session.sessionId()), Set.of(other.id()));
        assertEquals(List.of(), hits(QueryRequest.of("cat", 5).within(both)));
    }

    @Test
    void aTimeFilterIncludesTheStartAndExcludesTheEnd() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        fixture.engine().addBatch(session, List.of(at("apple before", noon.minusSeconds(1)), at("apple at noon", noon),
                at("apple after", noon.plusSeconds(1))));
        QueryFilter filter = new QueryFilter(Set.of(), Set.of(), Optional.of(noon), Optional.of(noon.plusSeconds(1)),
                EnumSet.of(MemoryLayer.M0));

        assertEquals(List.of("apple at noon"), contents(hits(QueryRequest.of("apple", 5).within(filter))));
    }

    @Test
    void aLayerFilterReturnsChunksAndFactsWithTheirSources() {
        fixture.set("layers.m2.enabled=true");
        AddResult added = fixture.engine().addBatch(session, messages("I moved to Lisbon last year."));
        settle();
        QueryFilter derived = new QueryFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(),
                EnumSet.of(MemoryLayer.M1, MemoryLayer.M2));

        List<Hit> found = hits(QueryRequest.of("Lisbon", 5).within(derived));

        assertEquals(Set.of(MemoryLayer.M1, MemoryLayer.M2), Set.copyOf(found.stream().map(Hit::layer).toList()));
        for (Hit hit : found) {
            assertEquals(added.messageIds(), hit.sources());
            assertEquals(added.messageIds().getFirst(), hit.message().id());
            assertTrue(hit.content().contains("Lisbon"), hit.content());
        }
    }

    @Test
    void aHitThatExceedsTheTokenBudgetIsLeftOutAndCountedAndTheNextOnesAreTaken() {
        String large = "apple apple apple " + "and many other fruits ".repeat(50);
        fixture.set("retrieval.length=1");
        fixture.engine().addBatch(session, messages(large, "apple pie", "apple juice"));
        settle();
        assertEquals(large, contents(hits(QueryRequest.of("apple", 3))).getFirst());

        QueryResult result = fixture.engine().query(session.userId(), QueryRequest.of("apple", 3).withMaxTokens(20));

        assertEquals(Set.of("apple pie", "apple juice"), Set.copyOf(contents(result.hits())));
        assertEquals(1, result.leftOut());
        assertEquals(0, fixture.engine().query(session.userId(), "apple", 3).leftOut());
    }

    @Test
    void wordsAloneRankNothingOnceEachMessageHasItsVector() {
        fixture.engine().addBatch(session, messages("An apple a day."));
        settle();

        QueryResult result = fixture.engine().query(session.userId(), "apple", 3);

        assertEquals(1, result.searched());
        assertEquals(0, result.byWordsAlone());
    }

    @Test
    void aTokenBudgetIsNotExceeded() {
        fixture.engine().addBatch(session,
                messages("apple one two three four five", "apple pie recipe", "apple apple apple apple"));
        // A vector that comes between two queries changes their order.
        settle();
        assertEquals(3, hits(QueryRequest.of("apple", 5)).size());
        List<Hit> all = hits(QueryRequest.of("apple", 5));
        int firstTwo = tokens(all.get(0)) + tokens(all.get(1));

        assertEquals(2, hits(QueryRequest.of("apple", 5).withMaxTokens(firstTwo)).size());
        assertEquals(1, hits(QueryRequest.of("apple", 5).withMaxTokens(firstTwo - 1)).size());
    }

    private static int tokens(Hit hit) {
        return TokenCounter.forModel("gpt-4o-mini").count(hit.content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"retrieval.fusion=minmax", "retrieval.fusion=rrf", "retrieval.use_rerank=true"})
    void theSharesOfAnExplainedHitAddUpToItsScore(String setting) {
        fixture.set(setting);
        fixture.engine().addBatch(session,
                messages("We saw a lighthouse.", "It was red and white.", "Then it rained."));
        settle();

        List<Hit> found = hits(QueryRequest.of("What colour was the lighthouse?", 3).explained());

        assertEquals(3, found.size());
        for (Hit hit : found) {
            assertEquals(hit.score(), hit.shares().stream().mapToDouble(Share::points).sum(), 1e-9);
            hit.shares().forEach(share -> assertEquals(share.points(), share.normalised() * share.weight(), 1e-9));
            assertTrue(hit.score() >= 0 && hit.score() <= 1, hit.toString());
        }
        assertEquals(List.of(), hits(QueryRequest.of("What colour was the lighthouse?", 3)).getFirst().shares());
    }

    private static Share share(Hit hit, Signal signal) {
        return hit.shares().stream().filter(share -> share.signal() == signal).findFirst().orElseThrow();
    }

    @Test
    void theIndexOnDiskServesTheNextEngine() throws Exception {
        fixture.engine().addBatch(session, messages("The lighthouse keeper had a cat.", "It rained."));
        settle();
        List<String> before = contents(hits(QueryRequest.of("keeper", 5)));
        fixture.restart();
        assertTrue(onDisk("lighthous"));

        assertEquals(before, contents(hits(QueryRequest.of("keeper", 5))));
    }

    @Test
    void theNextEngineReconcilesItsIndexWithTheDatabase() {
        AddResult added = fixture.engine().addBatch(session, messages("apple one", "apple two"));
        hits(QueryRequest.of("apple", 5));
        fixture.engine().close();
        fixture.store().deletions().deleteMessages(session, added.messageIds().subList(0, 1));
        StoredRound round = new StoredRound(UUID.randomUUID(), session, Instant.now(), messages("apple three"),
                List.of(),
                List.of(), Set.of());
        fixture.store().rounds().store(session.userId(), List.of(round), Duration.ZERO);
        fixture.restart();

        assertEquals(Set.of("apple two", "apple three"), Set.copyOf(contents(hits(QueryRequest.of("apple", 5)))));
    }

    @Test
    void aDeletedMessageSoonLeavesTheDiskAndADeletedUserAtOnce() throws Exception {
        fixture.withShortDiskIntervals();
        AddResult added = fixture.engine().addBatch(session, messages("the zanzibarian secret", "harmless weather"));
        hits(QueryRequest.of("secret", 5));
        await("the index is saved", () -> onDisk("zanzibarian"));

        fixture.engine().deleteMessages(session, added.messageIds().subList(0, 1));
        await("the text leaves the disk", () -> !onDisk("zanzibarian"));
        assertTrue(onDisk("harmless"));

        fixture.engine().deleteUser(session.userId());
        assertFalse(onDisk("harmless"));
    }

    private boolean onDisk(String text) {
        try (Stream<Path> files = Files.walk(fixture.indexes())) {
            return files.filter(Files::isRegularFile).anyMatch(file -> contains(file, text));
        } catch (IOException | UncheckedIOException e) {
            // A file was deleted during the search.
            return onDisk(text);
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
