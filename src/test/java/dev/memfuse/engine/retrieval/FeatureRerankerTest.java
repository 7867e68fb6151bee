package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.engine.retrieval.Reranker.Passage;
import org.junit.jupiter.api.Test;

class FeatureRerankerTest {
    private final FeatureReranker reranker = new FeatureReranker();

    /// Whether the first text is judged better than the second, of the same age.
    private boolean better(String question, String first, String second) {
        List<Double> scores = reranker.scores(question,
                Stream.of(first, second, "Something else.").map(text -> new Passage(text, Instant.EPOCH)).toList());
        return scores.get(0) > scores.get(1);
    }

    @Test
    void prefersTheTextThatCoversMoreOfTheQuestion() {
        assertTrue(better("red bicycle bell", "A bicycle with a red bell.", "A red car."));
    }

    @Test
    void prefersWordsThatStandTogether() {
        assertTrue(better("jazz festival", "The jazz festival was long, cold, wet and expensive.",
                "The jazz was long, cold, wet, expensive, overall unlike this festival."));
    }

    @Test
    void prefersTheNameThatWasAskedFor() {
        assertTrue(better("When did Melanie paint?", "Melanie: I paint at night.", "Caroline: I paint at night."));
    }

    @Test
    void prefersTheDateThatWasAskedFor() {
        assertTrue(better("the trip in june 2023", "Our trip started in 2023, in June.", "Our trip started later."));
    }

    @Test
    void newerWinsWhenNothingElseDecides() {
        List<Double> scores = reranker.scores("apple", List.of(new Passage("apple", Instant.EPOCH),
                new Passage("apple", Instant.EPOCH.plusSeconds(1))));

        assertTrue(scores.get(1) > scores.get(0));
        assertTrue(scores.stream().allMatch(score -> score >= 0 && score <= 1), scores.toString());
    }

    @Test
    void judgesNothingWhenThereIsNothing() {
        assertEquals(List.of(), reranker.scores("apple", List.of()));
    }
}
