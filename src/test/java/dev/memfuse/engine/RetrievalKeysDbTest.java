package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The effect of each key of section `retrieval`.
@Tag("db")
class RetrievalKeysDbTest {
    private final MemorySearchStore database = new MemorySearchStore();
    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws Exception {
        fixture = EngineFixture.start(database, "layers.m1.enabled=true");
        session = fixture.newSession("alice");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void remember(String... contents) {
        fixture.engine().addBatch(session, messages(contents));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
    }

    private Share share(String question, String content, Signal signal) {
        Hit hit = fixture.engine().query(session.userId(), QueryRequest.of(question, 10).explained()).hits().stream()
                .filter(candidate -> candidate.content().equals(content)).findFirst().orElseThrow();
        return hit.shares().stream().filter(share -> share.signal() == signal).findFirst().orElseThrow();
    }

    /// Switches all weights off but those of words and vectors.
    private void disableNeighbours() {
        fixture.set("retrieval.neighbour_previous=0", "retrieval.neighbour_question=0", "retrieval.neighbour_next=0",
                "retrieval.session_best=0", "retrieval.length=0",
                "retrieval.statement=0", "retrieval.speaker=0", "retrieval.time=0", "retrieval.stated_time=0");
    }

    private String best(String question) {
        return fixture.engine().query(session.userId(), question, 1).hits().getFirst().content();
    }

    @Test
    void theBackendSelectsTheRanking() {
        remember("apple pie");
        assertEquals("apple pie", best("apple"));
        assertEquals(0, database.questions());

        fixture.set("retrieval.backend=postgres");
        Message known = fixture.engine().messages(session, 1, Order.OLDEST_FIRST).getFirst();
        database.put(known, 0.9, 2.0);
        assertEquals("apple pie", best("apple"));
        assertEquals(2, database.questions());

        database.fail("This database has no pgvector: set retrieval.backend to embedded.");
        EngineException e = assertThrows(EngineException.class, () -> best("apples"));
        assertEquals("This database has no pgvector: set retrieval.backend to embedded.", e.getMessage());
    }

    @Test
    void rrfScoresByRank() {
        remember("apple", "apple pie with a lot of other words in it", "nothing");

        double stretched = share("apple", "apple pie with a lot of other words in it", Signal.BM25).normalised();
        fixture.set("retrieval.fusion=rrf");
        double ranked = share("apple", "apple pie with a lot of other words in it", Signal.BM25).normalised();

        assertNotEquals(stretched, ranked, 1e-3);
        assertEquals(61.0 / 62.0, ranked, 1e-6);
    }

    @Test
    void aSmallRrfConstantSeparatesTheFirstRanks() {
        remember("apple", "apple pie with a lot of other words in it", "nothing");
        fixture.set("retrieval.fusion=rrf", "retrieval.rrf_k=1");

        assertEquals(2.0 / 3.0, share("apple", "apple pie with a lot of other words in it", Signal.BM25).normalised(),
                1e-6);
    }

    @Test
    void theDenseWeightWeighsVectorsAgainstTerms() {
        remember("My puppy plays fetch in the park.", "Dog-eared pages, said the dog days almanac.");

        disableNeighbours();
        fixture.set("retrieval.dense_weight=1");
        assertEquals("My puppy plays fetch in the park.", best("Where does the little dog play?"));
        fixture.set("retrieval.dense_weight=0");
        assertEquals(0, share("dog", "My puppy plays fetch in the park.", Signal.DENSE).points(), 1e-9);
        assertEquals("Dog-eared pages, said the dog days almanac.", best("dog"));
    }

    @Test
    void anEntryGetsAShareOfThePreviousOne() {
        remember("lighthouse", "yes", "no");
        disableNeighbours();
        assertEquals(0, share("lighthouse", "yes", Signal.PREVIOUS).points(), 1e-9);

        fixture.set("retrieval.neighbour_previous=1");

        assertEquals(0.5, share("lighthouse", "yes", Signal.PREVIOUS).weight(), 1e-9);
        assertTrue(share("lighthouse", "yes", Signal.PREVIOUS).points() > 0.4);
    }

    @Test
    void anEntryGetsAnotherShareOfAQuestion() {
        remember("Where is the lighthouse?", "On the cliff.", "The lighthouse is old.", "Indeed.");
        disableNeighbours();
        assertEquals(0, share("lighthouse", "On the cliff.", Signal.PREVIOUS).points(), 1e-9);

        fixture.set("retrieval.neighbour_question=1");

        assertEquals(0.5, share("lighthouse", "On the cliff.", Signal.PREVIOUS).weight(), 1e-9);
        assertTrue(share("lighthouse", "On the cliff.", Signal.PREVIOUS).points() > 0.2);
        assertEquals(0, share("lighthouse", "Indeed.", Signal.PREVIOUS).points(), 1e-9);
    }

    @Test
    void anEntryGetsAShareOfTheBestEntryOfItsSession() {
        remember("lighthouse", "no", "yes", "so");
        disableNeighbours();
        assertEquals(0, share("lighthouse", "so", Signal.SESSION).points(), 1e-9);

        fixture.set("retrieval.session_best=1");

        assertEquals(0.5, share("lighthouse", "so", Signal.SESSION).weight(), 1e-9);
        assertTrue(share("lighthouse", "so", Signal.SESSION).points() > 0.4);
    }

    @Test
    void anEntryGetsAShareOfTheNextOne() {
        remember("no", "yes", "lighthouse");
        disableNeighbours();
        assertEquals(0, share("lighthouse", "yes", Signal.NEXT).points(), 1e-9);

        fixture.set("retrieval.neighbour_next=1");

        assertTrue(share("lighthouse", "yes", Signal.NEXT).points() > 0.4);
    }

    /// Compares two texts that differ in one attribute only.
    private void assertPreferred(String key, String question, String preferred, String other) {
        disableNeighbours();
        fixture.set("retrieval.dense_weight=0");
        assertEquals(other, best(question));

        fixture.set("retrieval." + key + "=1");

        assertEquals(preferred, best(question));
    }

    @Test
    void aLongerTextIsPreferred() {
        remember("lighthouse", "lighthouse keepers climbed many steps carrying heavy oil cans every stormy night");
        assertPreferred("length", "lighthouse",
                "lighthouse keepers climbed many steps carrying heavy oil cans every stormy night", "lighthouse");
    }

    @Test
    void aStatementIsPreferredToAQuestion() {
        remember("The lighthouse?", "The lighthouse shines.");
        assertPreferred("statement", "lighthouse", "The lighthouse shines.", "The lighthouse?");
    }

    @Test
    void aTurnOfTheNamedSpeakerIsPreferred() {
        remember("Bob: Ada lighthouse Ada", "Ada: the lighthouse keeper");
        assertPreferred("speaker", "Which lighthouse did Ada see?", "Ada: the lighthouse keeper",
                "Bob: Ada lighthouse Ada");
    }

    @Test
    void aMessageOfTheNamedTimeIsPreferred() {
        NewMessage then = new NewMessage(UUID.randomUUID(), Role.USER, "The lighthouse was painted white again.",
                Instant.parse("2021-06-12T10:00:00Z"));
        NewMessage later = new NewMessage(UUID.randomUUID(), Role.USER, "The lighthouse was painted.",
                Instant.parse("2022-02-01T10:00:00Z"));
        fixture.engine().addBatch(session, List.of(then, later));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
        assertPreferred("time", "When was the lighthouse painted in June 2021?", then.content(), later.content());
    }

    @Test
    void aTextThatStatesATimeIsPreferredWhenTheQuestionAsksForOne() {
        remember("The lighthouse was painted.", "The lighthouse was painted white last spring.");
        assertPreferred("stated_time", "When was the lighthouse painted?",
                "The lighthouse was painted white last spring.", "The lighthouse was painted.");
    }

    @Test
    void rerankingScoresTheBestHitsAgain() {
        remember("The red house by the old lake is for sale.", "red lake red lake house house");
        String question = "Who sold the red house, in Berlin?";
        List<UUID> plain = fixture.engine().query(session.userId(), question, 5).hits().stream().map(Hit::id).toList();
        assertEquals(Optional.empty(), rerankOf(question));

        fixture.set("retrieval.use_rerank=true");

        assertTrue(rerankOf(question).orElseThrow().points() > 0);
        assertEquals(plain.size(), fixture.engine().query(session.userId(), question, 5).hits().size());
    }

    private Optional<Share> rerankOf(String question) {
        return fixture.engine().query(session.userId(), QueryRequest.of(question, 5).explained()).hits().getFirst()
                .shares().stream().filter(share -> share.signal() == Signal.RERANK).findFirst();
    }
}
