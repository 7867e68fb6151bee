package dev.memfuse.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.config.section.EmbeddingContext;
import org.junit.jupiter.api.Test;

class PrecedingSentenceTest {
    /// Its vectors count words and characters; the encoding's last sentence is the whole text.
    private final FakeEmbeddingModel model = new FakeEmbeddingModel("hand@1", 256,
            text -> new float[]{text.split(" ").length, text.length()});
    private final EmbeddingModel added = EmbeddingModels.over(model, EmbeddingContext.PREVIOUS);
    private final EmbeddingModel joined = new ContextualEmbeddingModel(model, PrecedingSentence.JOINED);

    private static String joinedText(EmbeddingModel model, String before, String text) {
        return model.texts(List.of(new Passage(before, text))).getFirst();
    }

    private List<float[]> embed(Passage... passages) {
        return added.embed(List.of(passages), added::encode);
    }

    private static float[] normalised(double first, double second) {
        double length = Math.hypot(first, second);
        return new float[]{(float) (first / length), (float) (second / length)};
    }

    @Test
    void addsTheStatesOfTheSentenceToThoseOfTheText() {
        List<float[]> vectors = embed(new Passage("", "How is Ada?"), new Passage("How is Ada?", "Fine."));

        assertArrayEquals(new float[]{3, 11}, vectors.getFirst());
        assertArrayEquals(normalised(1 + 3, 5 + 11), vectors.getLast(), 1e-6f);
    }

    @Test
    void embedsAMessageOnceForItselfAndForTheNext() {
        List<float[]> _ = embed(new Passage("", "How is Ada?"), new Passage("How is Ada?", "Fine."),
                new Passage("Fine.", "Good."), new Passage("Good.", "Fine."));

        assertEquals(List.of(List.of("How is Ada?", "Fine.", "Good.")), model.batches);
    }

    @Test
    void embedsTheLastSentenceOfAMessageThatIsNotAmongTheTexts() {
        List<float[]> _ = embed(new Passage("I was away for 3.5 days! It rained. How is Ada?", "Fine."));

        assertEquals(List.of(List.of("Fine.", "How is Ada?")), model.batches);
    }

    @Test
    void embedsTheLastSentenceOfAMessageThatTheWindowCuts() {
        String message = "w ".repeat(300) + "at home. How is Ada?";

        List<float[]> vectors = embed(new Passage("", message), new Passage(message, "Fine."));

        assertEquals(List.of(List.of(message, "Fine.", "How is Ada?")), model.batches);
        assertArrayEquals(normalised(1 + 3, 5 + 11), vectors.getLast(), 1e-6f);
    }

    @Test
    void keepsTheOrderOfEqualPassagesAndOfTextsWithoutAny() {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            passages.add(new Passage(i % 3 == 0 ? " \t" : "a ".repeat(i % 4).strip(), "b ".repeat(1 + i % 5).strip()));
        }

        List<float[]> together = added.embed(passages, added::encode);

        for (int i = 0; i < passages.size(); i++) {
            assertArrayEquals(embed(passages.get(i)).getFirst(), together.get(i), 1e-6f, passages.get(i).toString());
        }
    }

    @Test
    void vectorsOfAnotherKindArePrecededByTheSentenceItself() {
        assertEquals("How is Ada?\nFine.", joinedText(joined, "How is Ada?", "Fine."));
        assertTrue(joined.usesPrecedingText());
        assertEquals("hand@1+context1", joined.chunkName());
    }

    @Test
    void usesOnlyTheLastSentence() {
        assertEquals("How is Ada?\nFine.",
                joinedText(joined, "I was away for 3.5 days! It rained. How is Ada?", "Fine."));
        assertEquals("I saw version 3.5 of it\nFine.", joinedText(joined, "Well. I saw version 3.5 of it\n", "Fine."));
    }

    @Test
    void usesOnlyTheLastWordsOfALongSentence() {
        String text = joinedText(joined, "beginning " + "filler ".repeat(100) + "and Ada?", "Fine.");

        assertTrue(text.endsWith("filler and Ada?\nFine."), text);
        assertTrue(text.startsWith("filler "), text);
        assertTrue(text.length() < 130, text);
    }

    @Test
    void omitsThePrecedingTextWhenBothExceedTheWindow() {
        String text = "w ".repeat(250).strip();

        assertEquals(text, joinedText(joined, "one two three four five six seven eight", text));
    }

    @Test
    void leavesTheFirstTextOfASessionUnchanged() {
        assertEquals("Fine.", joinedText(joined, "", "Fine."));
        assertArrayEquals(new float[]{1, 5}, embed(new Passage("", "Fine.")).getFirst());
    }

    @Test
    void withoutContextATextIsUnchanged() {
        EmbeddingModel plain = EmbeddingModels.over(model, EmbeddingContext.NONE);

        assertEquals(List.of("Fine."), plain.texts(List.of(new Passage("How is Ada?", "Fine."))));
        assertArrayEquals(new float[]{1, 5},
                plain.embed(List.of(new Passage("How is Ada?", "Fine.")), plain::encode).getFirst());
        assertFalse(plain.usesPrecedingText());
        assertEquals("hand@1", plain.chunkName());
        assertEquals("hand@1+context2", added.chunkName());
        assertEquals("hand@1", added.name());
    }

    @Test
    void splitsNoSurrogatePair() {
        String text = joinedText(joined, "\ud83c\udf89".repeat(100) + "x", "Fine.");

        assertFalse(Character.isLowSurrogate(text.charAt(0)));
    }
}
