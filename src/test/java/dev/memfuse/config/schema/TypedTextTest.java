package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class TypedTextTest {
    @Test
    void aShortTextStaysAsItIs() {
        assertEquals("", TypedText.excerpt(""));
        assertEquals("a".repeat(100), TypedText.excerpt("a".repeat(100)));
        assertEquals("abc", TypedText.excerpt("abc", 3));
    }

    @Test
    void aLongTextIsCut() {
        assertEquals("a".repeat(100) + "…", TypedText.excerpt("a".repeat(100_000)));
        assertEquals("ab…", TypedText.excerpt("abc", 2));
    }

    @Test
    void noCharacterIsCutApart() {
        for (int length = 1; length < 6; length++) {
            String cut = TypedText.excerpt("a\ud83c\udf89b\ud83c\udf89c".repeat(3), length);

            assertFalse(Character.isHighSurrogate(cut.charAt(cut.length() - 2 < 0 ? 0 : cut.length() - 2)), cut);
        }
    }
}
