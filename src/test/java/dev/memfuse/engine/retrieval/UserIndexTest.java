package dev.memfuse.engine.retrieval;

import static dev.memfuse.engine.retrieval.IndexHarness.EAST;
import static dev.memfuse.engine.retrieval.IndexHarness.NORTH;
import static dev.memfuse.engine.retrieval.IndexHarness.PLAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.Chunk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserIndexTest {
    @TempDir
    private Path folder;

    private IndexHarness harness;

    @BeforeEach
    void open() {
        harness = new IndexHarness(folder.resolve("user"));
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void findsWordsInOtherForms() {
        UUID running = harness.add("He was running through the forest.");
        harness.add("The soup is cold.");

        assertEquals(List.of(running), harness.search("runs", EAST, 5));
    }

    /// Messages arrive while the model embeds the question.
    @Test
    void ranksWhatWasMatchedWhenTheNextMessageOfTheSessionArrivesMeanwhile() {
        UUID apple = harness.add("An apple a day", 1, 0, 0, 0);
        UserIndex.Matched matched = harness.index.match(IndexHarness.query("apple"), Scope.ALL,
                HintWeights.NONE);
        harness.add("And a pear", 0, 1, 0, 0);
        RankingRules neighbours = new RankingRules(PLAIN.fusion(), 60, 0.5, new NeighbourWeights(0.2, 0.5, 0.2, 0.6),
                HintWeights.NONE);

        assertEquals(List.of(apple), harness.index.rank(matched, EAST, neighbours, 5).entries().stream()
                .filter(found -> found.layer() == MemoryLayer.M0).map(ScoredEntry::id).toList());
    }

    /// A save replaces the files that queries read.
    @Test
    void answersWhileItIsSaved() throws Exception {
        UUID apple = harness.add("An apple a day", 1, 0, 0, 0);
        AtomicBoolean saving = new AtomicBoolean(true);
        Future<Integer> asking = BackgroundThreads.platformPool("asking").submit(() -> {
            int asked = 0;
            for (; saving.get(); asked++) {
                assertTrue(harness.index.match(IndexHarness.query("apple"), Scope.ALL, HintWeights.NONE)
                        .lexical()[0] > 0);
            }
            return asked;
        });

        for (int i = 0; i < 120 && !asking.isDone(); i++) {
            // A changed vector replaces the reader of a segment that exists.
            harness.index.addVectors(Map.of(apple, NORTH), harness.index.space().name());
            harness.add("Message " + i, 0, 1, 0, 0);
            harness.index.save();
        }
        saving.set(false);

        assertTrue(asking.get() > 0);
    }

    @Test
    void ranksExactlyByVectorWhenNoTermMatches() {
        Random random = new Random(3);
        Map<UUID, Double> truth = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            double angle = random.nextDouble() * Math.PI;
            truth.put(harness.add("filler", (float) Math.cos(angle), (float) Math.sin(angle), 0, 0), Math.cos(angle));
            if (i % 100 == 99) {
                harness.index.save();
            }
        }
        List<UUID> best = truth.entrySet().stream().sorted(Map.Entry.<UUID, Double>comparingByValue().reversed())
                .limit(10).map(Map.Entry::getKey).toList();

        assertEquals(best, harness.search("unrelated", EAST, 10));
    }

    @Test
    void fusesBothSignals() {
        UUID both = harness.add("apples in the orchard", EAST);
        UUID meaning = harness.add("pears on the tree", EAST);
        UUID words = harness.add("apples", NORTH);
        UUID neither = harness.add("a rainy monday", NORTH);

        List<ScoredEntry> ranked = harness.rank("apples", EAST, PLAIN, 10);

        assertEquals(4, ranked.size());
        assertEquals(both, ranked.getFirst().id());
        assertEquals(neither, ranked.getLast().id());
        assertTrue(List.of(meaning, words).contains(ranked.get(1).id()));
        assertEquals(0.0, ranked.getLast().score(), 1e-6);
        for (ScoredEntry rank : ranked) {
            assertEquals((IndexHarness.normalised(rank, Signal.DENSE) + IndexHarness.normalised(rank, Signal.BM25)) / 2,
                    rank.score(), 1e-6);
            assertTrue(rank.score() >= 0 && rank.score() <= 1, rank.toString());
        }
    }

    @Test
    void returnsAtMostTheRequestedNumber() {
        for (int i = 0; i < 5; i++) {
            harness.add("apple " + i, EAST);
        }
        assertEquals(2, harness.search("apple", EAST, 2).size());
        assertEquals(5, harness.search("apple", EAST, 50).size());
    }

    @Test
    void addsAMessageOnce() {
        UUID id = harness.add("apple");
        harness.index.add(harness.messages.getFirst());
        harness.index.save();
        harness.index.add(harness.messages.getFirst());

        assertEquals(1, harness.index.size());
        assertEquals(List.of(id), harness.search("apple", EAST, 5));
    }

    @Test
    void ranksByTermsAfterMostEntriesWithATermWereRemoved() {
        List<UUID> gone = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            gone.add(harness.add("apple number " + i, EAST));
        }
        UUID kept = harness.add("one apple", NORTH);
        UUID other = harness.add("a pear", NORTH);
        harness.index.remove(gone);

        List<ScoredEntry> ranked = harness.rank("apple", NORTH, PLAIN, 10);

        assertEquals(List.of(kept, other), ranked.stream().map(ScoredEntry::id).toList());
        assertFalse(ranked.stream().anyMatch(rank -> Double.isNaN(rank.score())), ranked.toString());
        assertEquals(1.0, IndexHarness.normalised(ranked.getFirst(), Signal.BM25), 1e-9);
    }

    /// With entries on disk, in memory, and in both.
    @Test
    void removedMessagesDoNotInfluenceScores() {
        try (IndexHarness untouched = new IndexHarness(folder.resolve("untouched"))) {
            List<UUID> gone = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                UUID id = harness.add("apple".repeat(i % 2) + " pear orange " + "long ".repeat(i % 5));
                if (i % 3 == 0) {
                    untouched.index.add(harness.messages.getLast());
                } else {
                    gone.add(id);
                }
                if (i == 12) {
                    harness.index.save();
                }
            }
            harness.index.remove(gone);
            List<Double> expected = scores(untouched);

            assertEquals(expected, scores(harness));
            harness.index.save();
            assertEquals(expected, scores(harness));
        }
    }

    private static List<Double> scores(IndexHarness of) {
        return of.rank("apple pear", EAST, PLAIN, 30).stream().map(ScoredEntry::score).toList();
    }

    @Test
    void anEntryGetsAShareOfItsNeighboursInTheSessionOnly() {
        UUID before = harness.add("before");
        UUID fitting = harness.add("lighthouse");
        UUID after = harness.add("after");
        harness.add("far away");
        RankingRules rules = new RankingRules(PLAIN.fusion(), 60, 0.5, new NeighbourWeights(0.4, 0.4, 0.2, 0),
                HintWeights.NONE);

        List<ScoredEntry> ranked = harness.rank("lighthouse", EAST, rules, 10);

        assertEquals(List.of(fitting, after, before), ranked.stream().map(ScoredEntry::id).toList());
        assertEquals(0.5 / 1.6, ranked.get(0).score(), 1e-6);
        assertEquals(0.4 * 0.5 / 1.6, ranked.get(1).score(), 1e-6);
        assertEquals(0.2 * 0.5 / 1.6, ranked.get(2).score(), 1e-6);
    }

    @Test
    void anAnswerGetsALargerShareOfItsQuestion() {
        UUID question = harness.add("Where is the lighthouse? [a map]");
        UUID answer = harness.add("On the cliff.");
        UUID statement = harness.add("Question marks? The lighthouse.");
        UUID remark = harness.add("Indeed.");
        RankingRules rules = new RankingRules(PLAIN.fusion(), 60, 0, new NeighbourWeights(0.1, 0.6, 0, 0),
                HintWeights.NONE);

        Map<UUID, ScoredEntry> found = byId(harness.rank("lighthouse", EAST, rules, 10));

        assertEquals(of(found, question).score() * 0.6, of(found, answer).score(), 1e-6);
        assertEquals(of(found, statement).score() * 0.1, of(found, remark).score(), 1e-6);
    }

    private static ScoredEntry of(Map<UUID, ScoredEntry> found, UUID id) {
        return Objects.requireNonNull(found.get(id));
    }

    private static Map<UUID, ScoredEntry> byId(List<ScoredEntry> found) {
        return found.stream().collect(Collectors.toMap(ScoredEntry::id, entry -> entry));
    }

    @Test
    void anEntryGetsAShareOfTheBestEntryOfItsSession() {
        UUID elsewhere = harness.add("a pear tree");
        harness.startSession();
        UUID fitting = harness.add("lighthouse lighthouse");
        harness.add("so");
        UUID sameSession = harness.add("a pear tree");
        RankingRules rules = new RankingRules(PLAIN.fusion(), 60, 0, new NeighbourWeights(0, 0, 0, 0.6),
                HintWeights.NONE);

        Map<UUID, ScoredEntry> found = byId(harness.rank("lighthouse pear", EAST, rules, 10));

        double alone = IndexHarness.normalised(of(found, elsewhere), Signal.BM25);
        assertEquals(1.0, of(found, fitting).score(), 1e-6);
        assertEquals((alone + 0.6 * alone) / 1.6, of(found, elsewhere).score(), 1e-6);
        assertEquals((alone + 0.6) / 1.6, of(found, sameSession).score(), 1e-6);
    }

    @Test
    void theSharesAddUpToTheScore() {
        harness.add("Where is the lighthouse?", NORTH);
        harness.add("On the cliff.", EAST);
        harness.add("Good.", 0.6f, 0.8f, 0, 0);
        RankingRules rules = new RankingRules(PLAIN.fusion(), 60, 0.5, new NeighbourWeights(0.2, 0.5, 0.2, 0.6),
                HintWeights.NONE);

        for (ScoredEntry found : harness.rank("lighthouse", EAST, rules, 10)) {
            assertEquals(found.score(), found.shares().stream().mapToDouble(Share::points).sum(), 1e-9);
            assertTrue(found.score() > 0 && found.score() <= 1, found.toString());
        }
    }

    @Test
    void anEntryWithNeitherAScoreNorAScoredNeighbourIsDropped() {
        UUID fitting = harness.add("lighthouse");
        harness.add("a pear");
        RankingRules rules = new RankingRules(PLAIN.fusion(), 60, 0.5, new NeighbourWeights(0, 0, 0, 0.6),
                HintWeights.NONE);

        assertEquals(List.of(fitting),
                harness.rank("lighthouse", EAST, rules, 10).stream().map(ScoredEntry::id).toList());
    }

    /// Ten messages of one word: one message has the first word, five have the second.
    @Test
    void aRareWordOutweighsAFrequentOneByTheSquareOfItsRarity() {
        UUID rare = harness.add("lighthouse");
        UUID frequent = harness.add("pear");
        for (int i = 0; i < 8; i++) {
            harness.add(i < 4 ? "pear" : "soup");
        }
        RankingRules words = new RankingRules(PLAIN.fusion(), 60, 0, NeighbourWeights.NONE, HintWeights.NONE);

        Map<UUID, ScoredEntry> found = byId(harness.rank("lighthouse pear", EAST, words, 10));

        assertEquals(Math.pow(Math.log(1 + 9.5 / 1.5), 2), bm25(of(found, rare)), 1e-5);
        assertEquals(Math.pow(Math.log(1 + 5.5 / 5.5), 2), bm25(of(found, frequent)), 1e-5);
    }

    private static double bm25(ScoredEntry found) {
        return found.shares().stream().filter(share -> share.signal() == Signal.BM25).findFirst().orElseThrow().raw();
    }

    @Test
    void aMessageTakesTheScoreOfItsBestChunk() {
        UUID id = harness.add("a long story", NORTH);
        harness.index.add(IndexHarness.chunk(List.of(id), "its second half", EAST));
        UUID other = harness.add("another", 0.6f, 0.8f, 0, 0);

        assertEquals(List.of(id, other), harness.search("unrelated", EAST, 5));
    }

    @Test
    void vectorsOfAnotherModelAreNotCompared() {
        UUID id = harness.add("apple");
        harness.index.add(new Chunk(UUID.randomUUID(), List.of(id), "apple", "message", 1, EAST,
                "another model"));

        assertEquals(List.of(), harness.search("unrelated", EAST, 5));
        assertEquals(1,
                harness.index
                        .unembedded(harness.index.match(IndexHarness.query("apple"), Scope.ALL, HintWeights.NONE), 1, 0)
                        .size());
    }

    @Test
    void chunksAndFactsAreFoundInTheirLayersAndRemovedWithTheirMessages() {
        UUID id = harness.add("I moved to Lisbon.", EAST);
        harness.index.add(new Fact(UUID.randomUUID(), new SessionKey(UUID.randomUUID(), UUID.randomUUID()),
                UUID.randomUUID(), List.of(id), "moved to Lisbon", "personal", 1, List.of("Lisbon"),
                Optional.empty(), FactTime.of(Instant.EPOCH, Optional.empty()), List.of(), EAST,
                IndexHarness.MODEL.name()));
        harness.index.save();
        Scope facts = new Scope(Optional.empty(), Optional.empty(), Optional.empty(),
                Set.of(MemoryLayer.M1, MemoryLayer.M2));

        List<ScoredEntry> found = harness.index
                .rank(harness.index.match(IndexHarness.query("Lisbon"), facts, HintWeights.NONE), EAST, PLAIN, 5)
                .entries();
        assertEquals(Set.of(MemoryLayer.M1, MemoryLayer.M2),
                Set.copyOf(found.stream().map(ScoredEntry::layer).toList()));
        assertTrue(found.stream().allMatch(entry -> entry.sources().equals(List.of(id))));
        assertTrue(found.stream().anyMatch(entry -> entry.content().orElseThrow().equals("moved to Lisbon")));

        harness.index.remove(List.of(id));
        assertEquals(0, harness.index.size());
        assertEquals(List.of(), harness.index
                .rank(harness.index.match(IndexHarness.query("Lisbon"), facts, HintWeights.NONE), EAST, PLAIN, 5)
                .entries());
    }

    @Test
    void returnsUnembeddedMessagesThatMatchByTermsOrAreNew() {
        UUID fitting = harness.add("the lighthouse keeper");
        for (int i = 0; i < 20; i++) {
            harness.add("filler " + i);
        }
        harness.index.save();
        UUID newest = harness.add("something else");
        harness.add("has a vector", EAST);

        List<String> offered = harness.index
                .unembedded(harness.index.match(IndexHarness.query("lighthouse"), Scope.ALL, HintWeights.NONE), 3, 2)
                .stream()
                .map(UserIndex.Unembedded::text).toList();

        assertEquals(List.of("the lighthouse keeper", "something else"), offered);
        assertEquals(2, Set.of(fitting, newest).size());
    }

    @Test
    void aRankingCountsTheEntriesWithoutAVector() {
        harness.add("apple", EAST);
        harness.add("apple juice");
        harness.add("pear");

        Ranking ranking = harness.index.rank(
                harness.index.match(IndexHarness.query("apple"), Scope.ALL, HintWeights.NONE), EAST, PLAIN, 5);

        assertEquals(3, ranking.searched());
        assertEquals(2, ranking.byWordsAlone());
    }

    @Test
    void ignoresChunksAndRemovalsOfUnknownMessages() {
        UUID id = harness.add("apple", EAST);
        harness.index.add(IndexHarness.chunk(List.of(UUID.randomUUID()), "nowhere", NORTH));
        harness.index.remove(List.of(UUID.randomUUID()));

        assertEquals(List.of(id), harness.search("apple", EAST, 5));
    }
}
