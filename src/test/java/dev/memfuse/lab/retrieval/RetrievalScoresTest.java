package dev.memfuse.lab.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

/// The expected numbers were computed by hand.
class RetrievalScoresTest {
    private static final double EXACT = 1e-12;

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    @Test
    void scoresOneList() {
        // a b E c d F … with evidence E, F and a third that is not in the list
        RankedAnswer answer = RankedAnswer.of("single-hop", List.of("a", "b", "E", "c", "d", "F"),
                List.of("E", "F", "G"));

        assertEquals(new RankedAnswer("single-hop", List.of(3, 6), 3), answer);
        assertEquals(0, answer.recall(1), EXACT);
        assertEquals(1 / 3.0, answer.recall(5), EXACT);
        assertEquals(2 / 3.0, answer.recall(10), EXACT);
        assertEquals(0, answer.hit(1), EXACT);
        assertEquals(1, answer.hit(5), EXACT);
        assertEquals(1 / 3.0, answer.reciprocalRank(), EXACT);
        double gain = 1 / log2(4) + 1 / log2(7);
        double best = 1 + 1 / log2(3) + 1 / log2(4);
        assertEquals(gain / best, answer.normalisedGain(10), EXACT);
    }

    @Test
    void aPerfectListHasOnesAndAnEmptyOneZeros() {
        RankedAnswer perfect = new RankedAnswer("", List.of(1, 2), 2);
        RankedAnswer empty = new RankedAnswer("", List.of(), 2);

        assertEquals(0.5, perfect.recall(1), EXACT);
        assertEquals(1, perfect.recall(5), EXACT);
        assertEquals(1, perfect.reciprocalRank(), EXACT);
        assertEquals(1, perfect.normalisedGain(10), EXACT);
        assertEquals(0, empty.recall(20), EXACT);
        assertEquals(0, empty.reciprocalRank(), EXACT);
        assertEquals(0, empty.normalisedGain(10), EXACT);
    }

    @Test
    void aListShorterThanTheEvidenceCanBePerfect() {
        RankedAnswer answer = new RankedAnswer("", List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 12);

        assertEquals(1, answer.normalisedGain(10), EXACT);
        assertEquals(10 / 12.0, answer.recall(10), EXACT);
    }

    @Test
    void averagesOverQuestionsNotOverEvidence() {
        RetrievalScores scores = RetrievalScores.of(List.of(new RankedAnswer("", List.of(1), 1),
                new RankedAnswer("", List.of(4), 4), new RankedAnswer("", List.of(), 1)));

        assertEquals(3, scores.questions());
        assertEquals(1 / 3.0, scores.recall().getOrDefault(1, -1.0), EXACT);
        assertEquals((1 + 0.25) / 3, scores.recall().getOrDefault(5, -1.0), EXACT);
        assertEquals(2 / 3.0, scores.hit().getOrDefault(5, -1.0), EXACT);
        assertEquals((1 + 0.25) / 3, scores.mrr(), EXACT);
    }

    @Test
    void withoutQuestionsAllScoresAreZero() {
        assertEquals(0, RetrievalScores.of(List.of()).recall().getOrDefault(20, -1.0));
    }

    @Test
    void computesTheSeparationOfFirstScores() {
        assertEquals(new Abstention(2, 1), Abstention.of(List.of(0.9, 0.8), List.of(0.1, 0.2)));
        assertEquals(new Abstention(1, 0.5), Abstention.of(List.of(0.9), List.of(0.9)));
        assertEquals(new Abstention(2, 0.75), Abstention.of(List.of(0.9, 0.3), List.of(0.1, 0.5)));
        assertEquals(new Abstention(0, 0.5), Abstention.of(List.of(0.9), List.of()));
    }

    @Test
    void rejectsAnAnswerWithoutEvidence() {
        assertThrows(IllegalArgumentException.class, () -> new RankedAnswer("", List.of(), 0));
        assertThrows(IllegalArgumentException.class, () -> new RankedAnswer("", List.of(1, 2), 1));
    }
}
