package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {
    private final Remembered remembered = new Remembered();

    @Test
    void everyChoiceIsRemembered() {
        Preferences first = new Preferences(remembered);
        first.accentProperty().set(Accent.TEAL);
        first.textSizeProperty().set(15);
        first.compactProperty().set(true);
        first.redrawsProperty().set(10);
        first.notifyProperty().set(false);

        Preferences next = new Preferences(new Remembered(remembered.values()));

        assertEquals(Accent.TEAL, next.accentProperty().get());
        assertEquals(15, next.textSizeProperty().get());
        assertTrue(next.compactProperty().get());
        assertEquals(10, next.redrawsProperty().get());
        assertFalse(next.notifyProperty().get());
    }

    @Test
    void resetIsTheFirstStartAndIsRememberedToo() {
        Preferences first = new Preferences(remembered);
        first.accentProperty().set(Accent.PINK);
        first.textSizeProperty().set(11);
        first.reset();

        assertEquals(Preferences.TEXT, first.textSizeProperty().get());
        assertEquals(Accent.BLUE, new Preferences(new Remembered(remembered.values())).accentProperty().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "10", "17", "99999999999", "-13", "13.5", "large"})
    void aTextSizeOutOfRangeIsTheNormalOne(String kept) {
        assertEquals(Preferences.TEXT,
                new Preferences(new Remembered(Map.of("window.text", kept))).textSizeProperty().get());
    }

    @Test
    void anUnknownAccentIsTheFirst() {
        assertEquals(Accent.BLUE,
                new Preferences(new Remembered(Map.of("window.accent", "MAUVE"))).accentProperty().get());
    }

    @Test
    void sizesOfASheetAreScaledToHalfPixels() {
        assertEquals(".a { -fx-font-size: 16.0px; -fx-padding: 4px; } .b { -fx-font-size:13.5px }",
                ScaledSheet.scale(".a { -fx-font-size: 13px; -fx-padding: 4px; } .b { -fx-font-size:11px }",
                        16 / 13.0));
    }
}
