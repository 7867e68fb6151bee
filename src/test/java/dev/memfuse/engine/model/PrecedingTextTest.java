package dev.memfuse.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memfuse.config.section.EmbeddingContext;
import org.junit.jupiter.api.Test;

class PrecedingTextTest {
    private final HandModel model = new HandModel("hand@1", 256);
    private final EmbeddingModel knowing = EmbeddingModels.over(model, EmbeddingContext.PREVIOUS);

    @Test
    void putsWhatWasSaidBeforeInFront() {
        assertEquals("How is Ada?\nFine.", knowing.inContext("How is Ada?", "Fine."));
        assertTrue(knowing.readsBefore());
    }

    @Test
    void takesOnlyTheLastSentence() {
        assertEquals("How is Ada?\nFine.",
                knowing.inContext("I was away for 3.5 days! It rained. How is Ada?", "Fine."));
        assertEquals("I saw version 3.5 of it\nFine.", knowing.inContext("Well. I saw version 3.5 of it\n", "Fine."));
    }

    @Test
    void takesOnlyTheEndOfALongSentenceFromAWordOn() {
        String both = knowing.inContext("beginning " + "filler ".repeat(100) + "and Ada?", "Fine.");

        assertTrue(both.endsWith("filler and Ada?\nFine."), both);
        assertTrue(both.startsWith("filler "), both);
        assertTrue(both.length() < 130, both);
    }

    @Test
    void leavesTheTextAloneWhenBothDoNotFitIntoTheWindow() {
        String text = "w ".repeat(250).strip();

        assertEquals(text, knowing.inContext("one two three four five six seven eight", text));
    }

    @Test
    void leavesTheFirstTextOfASessionAlone() {
        assertEquals("Fine.", knowing.inContext("", "Fine."));
    }

    @Test
    void withoutContextATextStandsForItself() {
        EmbeddingModel plain = EmbeddingModels.over(model, EmbeddingContext.NONE);

        assertEquals("Fine.", plain.inContext("How is Ada?", "Fine."));
        assertFalse(plain.readsBefore());
        assertEquals("hand@1", plain.chunkName());
        assertEquals("hand@1+context1", knowing.chunkName());
        assertEquals("hand@1", knowing.name());
    }

    @Test
    void cutsNoCharacterInTwo() {
        String both = knowing.inContext("\ud83c\udf89".repeat(100) + "x", "Fine.");

        assertFalse(Character.isLowSurrogate(both.charAt(0)));
    }
}
