package dev.memfuse.console.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every spelling of a shortcut is one shortcut, on every platform.
class ShortcutsTest {
    private static String name(Shortcuts platform, String written) {
        return platform.parse(written).map(KeyCombination::getName).orElse("");
    }

    @ParameterizedTest
    @CsvSource({"Ctrl+R, Shortcut+R, Ctrl+R", "Meta+R, Meta+R, Shortcut+R", "cmd+r, Meta+R, Shortcut+R",
            "Shortcut+R, Shortcut+R, Shortcut+R", "Shift+Ctrl+R, Shift+Shortcut+R, Shift+Ctrl+R",
            "Ctrl+Shift+R, Shift+Shortcut+R, Shift+Ctrl+R", "alt + f4, Alt+F4, Alt+F4", "f9, F9, F9",
            "SHIFT+ALT+page_up, Shift+Alt+Page Up, Shift+Alt+Page Up", "Ctrl++, Shortcut+Plus, Ctrl+Plus",
            "ctrl+plus, Shortcut+Plus, Ctrl+Plus", "Ctrl+digit1, Shortcut+1, Ctrl+1"})
    void aSpellingIsOneShortcutOnEachPlatform(String written, String elsewhere, String mac) {
        assertEquals(elsewhere, name(new Shortcuts(false), written));
        assertEquals(mac, name(new Shortcuts(true), written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "+", "Ctrl+", "Ctrl+nokey", "Hyper+R", "R+Ctrl", "Ctrl+R+S", "no such key",
            "Ctrl+Shortcut",
            "Ctrl+Control", "Ctrl+Undefined", "Ctrl+Shift", "Ctrl+Command"})
    void aTextThatIsNoShortcutIsNone(String written) {
        Optional<KeyCombination> read = new Shortcuts(false).parse(written);

        assertEquals(written.strip().endsWith("+") ? Optional.of("Plus") : Optional.empty(),
                read.map(KeyCombination.class::cast).map(keys -> ((KeyCodeCombination) keys).getCode().getName()));
    }

    @Test
    void everyKeyIsReadFromItsOwnName() {
        Shortcuts platform = new Shortcuts(false);
        Stream.of(KeyCode.values()).filter(code -> code != KeyCode.UNDEFINED && code != KeyCode.SHORTCUT
                && code != KeyCode.COMMAND
                && !code.isModifierKey())
                .forEach(code -> {
                    String name = new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN).getName();
                    assertEquals(name, name(platform, name), code.name());
                });
    }
}
