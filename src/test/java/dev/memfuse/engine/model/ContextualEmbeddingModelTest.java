package dev.memfuse.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memfuse.config.section.EmbeddingContext;
import org.junit.jupiter.api.Test;

class ContextualEmbeddingModelTest {
    private final FakeEmbeddingModel model = new FakeEmbeddingModel("hand@1", 256);
    private final EmbeddingModel contextual = EmbeddingModels.over(model, EmbeddingContext.PREVIOUS);

    @Test
    void prependsThePrecedingText() {
        assertEquals("How is Ada?\nFine.", contextual.inContext("How is Ada?", "Fine."));
        assertTrue(contextual.usesPrecedingText());
    }

    @Test
    void usesOnlyTheLastSentence() {
        assertEquals("How is Ada?\nFine.",
                contextual.inContext("I was away for 3.5 days! It rained. How is Ada?", "Fine."));
        assertEquals("I saw version 3.5 of it\nFine.",
                contextual.inContext("Well. I saw version 3.5 of it\n", "Fine."));
    }

    @Test
    void usesOnlyTheLastWordsOfALongSentence() {
        String joined = contextual.inContext("beginning " + "filler ".repeat(100) + "and Ada?", "Fine.");

        assertTrue(joined.endsWith("filler and Ada?\nFine."), joined);
        assertTrue(joined.startsWith("filler "), joined);
        assertTrue(joined.length() < 130, joined);
    }

    @Test
    void omitsThePrecedingTextWhenBothExceedTheWindow() {
        String text = "w ".repeat(250).strip();

        assertEquals(text, contextual.inContext("one two three four five six seven eight", text));
    }

    @Test
    void leavesTheFirstTextOfASessionUnchanged() {
        assertEquals("Fine.", contextual.inContext("", "Fine."));
    }

    @Test
    void withoutContextATextIsUnchanged() {
        EmbeddingModel plain = EmbeddingModels.over(model, EmbeddingContext.NONE);

        assertEquals("Fine.", plain.inContext("How is Ada?", "Fine."));
        assertFalse(plain.usesPrecedingText());
        assertEquals("hand@1", plain.chunkName());
        assertEquals("hand@1+context1", contextual.chunkName());
        assertEquals("hand@1", contextual.name());
    }

    @Test
    void splitsNoSurrogatePair() {
        String joined = contextual.inContext("\ud83c\udf89".repeat(100) + "x", "Fine.");

        assertFalse(Character.isLowSurrogate(joined.charAt(0)));
    }
}
