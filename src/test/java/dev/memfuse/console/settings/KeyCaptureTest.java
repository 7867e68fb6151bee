package dev.memfuse.console.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import dev.memfuse.console.fx.OnFx;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class KeyCaptureTest {
    private static Optional<String> capture(KeyCode code, boolean shift, boolean control, boolean alt) {
        return OnFx.get(() -> KeyCapture
                .of(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, control, alt, false))
                .map(KeyCombination::getName));
    }

    @Test
    void ctrlIsTheShortcutKeyOfThePlatform() {
        assertEquals(Optional.of("Shortcut+M"), capture(KeyCode.M, false, true, false));
    }

    @Test
    void allModifiersCount() {
        assertEquals(Optional.of("Shift+Alt+Shortcut+F5"), capture(KeyCode.F5, true, true, true));
    }

    @Test
    void modifiersAloneAreNoShortcut() {
        assertEquals(Optional.empty(), capture(KeyCode.CONTROL, false, true, false));
        assertEquals(Optional.empty(), capture(KeyCode.UNDEFINED, false, false, false));
    }
}
