package dev.memfuse.lab.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.lab.retrieval.CrossValidation.Fold;
import dev.memfuse.load.corpus.Question;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
    private static final int HITS = 40;

    /// Returns questions whose evidence is the last of the hits by words, and the first by another signal.
    private static List<ExplainedQuestion> questions(String conversation, Signal helpful) {
        List<ExplainedQuestion> questions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            float[] words = new float[HITS];
            for (int hit = 0; hit < HITS; hit++) {
                words[hit] = 0.01f * (HITS - hit);
            }
            float[] hint = new float[HITS];
            hint[HITS - 1] = 1;
            questions.add(new ExplainedQuestion(conversation, new Question("Who?", 1, "temporal", List.of(1), 0),
                    Map.of(Signal.BM25, words, helpful, hint), HITS,
                    new TreeMap<>(Map.of(1, Optional.of(HITS - 1)))));
        }
        return questions;
    }

    private static CrossValidation validate(Signal... helpful) {
        List<ExplainedQuestion> questions = new ArrayList<>();
        for (int i = 0; i < helpful.length; i++) {
            questions.addAll(questions("conversation " + i, helpful[i]));
        }
        return CrossValidation.of(questions);
    }

    @Test
    void aSignalThatHelpsEverywhereIsChosenAndGains() {
        CrossValidation validation = validate(Signal.TIME, Signal.TIME, Signal.TIME);

        for (Fold fold : validation.folds()) {
            assertTrue(fold.signals().containsKey("time"), fold.toString());
        }
        assertEquals(1, validation.overall().recall().getOrDefault(10, 0.0));
        assertEquals(30, validation.overall().questions());
        assertEquals(1,
                Objects.requireNonNull(validation.categories().get("temporal")).recall().getOrDefault(10, 0.0));
        assertEquals(new CrossValidation.Interval(1, 1), validation.intervals().get(10));
    }

    @Test
    void aSignalThatHelpsTheTestedConversationAloneIsNotChosenForIt() {
        CrossValidation validation = validate(Signal.TIME, Signal.TIME, Signal.LENGTH);

        assertFalse(validation.folds().getLast().signals().containsKey("length"), validation.toString());
        assertEquals(0, validation.folds().getLast().scores().recall().getOrDefault(10, 1.0));
        assertTrue(validation.folds().getFirst().signals().containsKey("length"), validation.toString());
        assertEquals(1, validation.folds().getFirst().scores().recall().getOrDefault(10, 0.0));
        CrossValidation.Interval interval = Objects.requireNonNull(validation.intervals().get(10));
        assertTrue(interval.low() < 2 / 3.0 && interval.high() > 2 / 3.0, interval.toString());
    }

    @Test
    void aSignalThatGainsNothingIsNotChosen() {
        List<ExplainedQuestion> easy = new ArrayList<>();
        for (String conversation : List.of("a", "b")) {
            easy.add(new ExplainedQuestion(conversation, new Question("Who?", 1, "", List.of(1), 0),
                    Map.of(Signal.BM25, new float[]{2, 1}, Signal.SPEAKER, new float[]{1, 0}), 2,
                    new TreeMap<>(Map.of(1, Optional.of(0)))));
        }

        for (Fold fold : CrossValidation.of(easy).folds()) {
            assertEquals(Map.of("bm25", 1.0, "dense", 1.0), fold.signals());
        }
    }

    @Test
    void missesNameRankAndPointsOfEachSignal() {
        Misses misses = Misses.of(questions("conversation", Signal.TIME).subList(0, 1));

        assertEquals(1, misses.questions());
        Misses.Miss miss = misses.misses().getFirst();
        assertEquals("conversation", miss.conversation());
        assertEquals(1, miss.first().rank());
        Misses.Turn turn = miss.evidence().getFirst();
        assertEquals(1, turn.position());
        assertEquals(HITS, turn.rank());
        assertEquals(new Misses.Value(0.01f, HITS), turn.signals().get("bm25"));
        assertEquals(new Misses.Value(1, 1), turn.signals().get("time"));
        assertEquals(new Misses.Value(0, 2), miss.first().signals().get("time"));
    }

    @Test
    void evidenceThatNoHitHoldsHasTheRankZero() {
        ExplainedQuestion question = new ExplainedQuestion("a", new Question("Who?", 1, "", List.of(3), 0),
                Map.of(Signal.BM25, new float[]{1}), 1, new TreeMap<>(Map.of(3, Optional.empty())));

        assertEquals(new Misses.Turn(3, 0, Map.of()), Misses.of(List.of(question)).misses().getFirst().evidence()
                .getFirst());
    }

    @Test
    void aFoundQuestionIsNoMiss() {
        ExplainedQuestion question = new ExplainedQuestion("a", new Question("Who?", 1, "", List.of(3), 0),
                Map.of(Signal.BM25, new float[]{1}), 1, new TreeMap<>(Map.of(3, Optional.of(0))));

        assertEquals(List.of(), Misses.of(List.of(question)).misses());
    }
}
