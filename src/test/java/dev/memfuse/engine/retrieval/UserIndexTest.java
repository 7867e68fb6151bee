package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;

class UserIndexTest {
    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 1};

    private final UserIndex index = new UserIndex();

    private UUID add(String text) {
        UUID id = UUID.randomUUID();
        index.add(id, text);
        return id;
    }

    private UUID add(String text, float... vector) {
        UUID id = add(text);
        index.vector(List.of(id), vector);
        return id;
    }

    private List<UUID> search(String text, float[] vector, int topK) {
        return index.search(text, vector, topK).stream().map(UserIndex.Ranked::messageId).toList();
    }

    @Test
    void findsWordsInOtherForms() {
        UUID running = add("He was running through the forest.");
        add("The soup is cold.");

        assertEquals(List.of(running), search("runs", EAST, 5));
    }

    @Test
    void ranksExactlyByMeaningWhenNoWordFits() {
        Random random = new Random(3);
        Map<UUID, Double> truth = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            double angle = random.nextDouble() * Math.PI;
            truth.put(add("filler", (float) Math.cos(angle), (float) Math.sin(angle)), Math.cos(angle));
        }
        List<UUID> best = truth.entrySet().stream().sorted(Map.Entry.<UUID, Double>comparingByValue().reversed())
                .limit(10).map(Map.Entry::getKey).toList();

        assertEquals(best, search("unrelated", EAST, 10));
    }

    @Test
    void fusesBothSignals() {
        UUID both = add("apples in the orchard", EAST);
        UUID meaning = add("pears on the tree", EAST);
        UUID words = add("apples", NORTH);
        UUID neither = add("a rainy monday", NORTH);

        List<UserIndex.Ranked> ranked = index.search("apples", EAST, 10);

        assertEquals(4, ranked.size());
        assertEquals(both, ranked.getFirst().messageId());
        assertEquals(neither, ranked.getLast().messageId());
        assertTrue(List.of(meaning, words).contains(ranked.get(1).messageId()));
        assertEquals(0.0, ranked.getLast().score(), 1e-9);
        for (UserIndex.Ranked rank : ranked) {
            assertEquals((rank.dense() + rank.lexical()) / 2, rank.score(), 1e-9);
            assertTrue(rank.score() >= 0 && rank.score() <= 1, rank.toString());
        }
    }

    @Test
    void givesNoMoreThanAskedFor() {
        for (int i = 0; i < 5; i++) {
            add("apple " + i, EAST);
        }
        assertEquals(2, search("apple", EAST, 2).size());
        assertEquals(5, search("apple", EAST, 50).size());
    }

    @Test
    void addsAMessageOnce() {
        UUID id = add("apple");
        index.add(id, "apple again");

        assertEquals(1, index.size());
        assertEquals(List.of(id), search("apple", EAST, 5));
    }

    @Test
    void ranksByWordsAlsoAfterMostHoldersOfAWordWereRemoved() {
        List<UUID> gone = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            gone.add(add("apple number " + i, EAST));
        }
        UUID kept = add("one apple", NORTH);
        UUID other = add("a pear", NORTH);
        index.remove(gone);

        List<UserIndex.Ranked> ranked = index.search("apple", NORTH, 10);

        assertEquals(2, index.size());
        assertEquals(List.of(kept, other), ranked.stream().map(UserIndex.Ranked::messageId).toList());
        assertFalse(ranked.stream().anyMatch(rank -> Double.isNaN(rank.score())), ranked.toString());
        assertEquals(1.0, ranked.getFirst().lexical(), 1e-9);
    }

    @Test
    void scoresAsIfRemovedMessagesHadNeverBeen() {
        UserIndex untouched = new UserIndex();
        List<UUID> gone = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            UUID id = UUID.randomUUID();
            String text = "apple".repeat(i % 2) + " pear orange " + "long ".repeat(i % 5);
            index.add(id, text);
            if (i % 3 == 0) {
                untouched.add(id, text);
            } else {
                gone.add(id);
            }
        }
        index.remove(gone);

        assertEquals(untouched.search("apple pear", EAST, 30), index.search("apple pear", EAST, 30));
    }

    @Test
    void offersForEmbeddingWhatFitsByWordsAndWhatIsNew() {
        UUID fitting = add("the lighthouse keeper");
        for (int i = 0; i < 20; i++) {
            add("filler " + i);
        }
        UUID newest = add("something else");
        add("has a vector", EAST);

        List<UUID> candidates = index.candidates("lighthouse", 3, 2).stream().map(UserIndex.Unembedded::messageId)
                .toList();

        assertEquals(List.of(fitting, newest), candidates);
    }

    @Test
    void ignoresVectorsAndRemovalsOfUnknownMessages() {
        UUID id = add("apple", EAST);
        index.vector(List.of(UUID.randomUUID()), NORTH);
        index.remove(List.of(UUID.randomUUID()));

        assertEquals(List.of(id), search("apple", EAST, 5));
    }
}
