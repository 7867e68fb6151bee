package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

import org.junit.jupiter.api.Test;

class ShortcutsTest {
    private static Optional<KeyCombination> digit(KeyCode digit) {
        return Optional.of(new KeyCodeCombination(digit, KeyCombination.SHORTCUT_DOWN));
    }

    @Test
    void tenPagesHaveADigitAndLaterOnesNone() {
        assertEquals(digit(KeyCode.DIGIT1), Shortcuts.page(1));
        assertEquals(digit(KeyCode.DIGIT9), Shortcuts.page(9));
        assertEquals(digit(KeyCode.DIGIT0), Shortcuts.page(10));
        assertEquals(Optional.empty(), Shortcuts.page(11));
    }
}
