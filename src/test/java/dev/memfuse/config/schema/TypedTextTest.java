package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    @Test
    void aCharacterIsAControlADirectionOrVisibleAndJoinersAreNoneOfThem() {
        for (int control : new int[]{0, '\n', '\t', 0x7f, 0x85, 0x2028, 0x2029, 0xd83c}) {
            assertTrue(TypedText.isControl(control) && !TypedText.isVisible(control), Integer.toHexString(control));
        }
        for (int direction : new int[]{0x202a, 0x202e, 0x2066, 0x2069}) {
            assertTrue(TypedText.isDirection(direction) && !TypedText.isVisible(direction),
                    Integer.toHexString(direction));
        }
        for (int joiner : new int[]{0x200c, 0x200d}) {
            assertFalse(TypedText.isControl(joiner) || TypedText.isDirection(joiner), Integer.toHexString(joiner));
        }
        "a é 漢 🎉".codePoints().forEach(visible -> assertTrue(TypedText.isVisible(visible)));
    }
}
