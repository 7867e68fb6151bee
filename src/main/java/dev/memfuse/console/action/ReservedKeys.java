package dev.memfuse.console.action;

import java.util.Optional;
import java.util.Set;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;

/// The keys that cannot be shortcuts, because controls or the system need them: a key without Ctrl, Cmd or Alt that is
/// no function key would run while somebody types, text fields copy, paste and redo, and the system closes the window.
final class ReservedKeys {
    private static final Set<KeyCode> OF_TEXT = Set.of(KeyCode.A, KeyCode.C, KeyCode.V, KeyCode.X, KeyCode.TAB,
            KeyCode.ENTER, KeyCode.BACK_SPACE, KeyCode.DELETE, KeyCode.ESCAPE, KeyCode.SPACE,
            KeyCode.INSERT);
    private static final String TYPING = " is a key for typing or for moving between controls.";

    private ReservedKeys() {}

    /// Returns why a combination cannot be a shortcut, as the end of a sentence that begins with it; empty when it can
    /// be one. A combination of a character instead of a key cannot.
    ///
    /// @param mac whether the platform is macOS
    static Optional<String> reason(KeyCombination keys, boolean mac) {
        if (!(keys instanceof KeyCodeCombination combination)) {
            return Optional.of(TYPING);
        }
        KeyCode code = combination.getCode();
        boolean alt = isDown(keys.getAlt());
        boolean control = isDown(keys.getShortcut()) || isDown(keys.getControl());
        boolean meta = isDown(keys.getMeta());
        boolean shift = isDown(keys.getShift());
        if (code.isModifierKey() || code == KeyCode.UNDEFINED) {
            return Optional.of(TYPING);
        }
        boolean modified = control || meta || alt;
        boolean typing = modified
                ? OF_TEXT.contains(code) || code.isArrowKey() || code.isNavigationKey()
                : !code.isFunctionKey();
        if (typing) {
            return Optional.of(TYPING);
        }
        if (code == KeyCode.CONTEXT_MENU || (code == KeyCode.F10 && shift && !control && !alt)) {
            return Optional.of(" opens the context menu.");
        }
        if (control && !alt && isRedo(code, shift)) {
            return Optional.of(" is redo in text fields.");
        }
        if (alt && !control && code == KeyCode.F4) {
            return Optional.of(" closes the window.");
        }
        return mac
                ? Optional.of(" types a character on some keyboards.")
                        .filter(_ -> alt && !isDown(keys.getShortcut()) && !code.isFunctionKey())
                : ofTheSystem(control, alt, meta);
    }

    private static boolean isRedo(KeyCode code, boolean shift) {
        return shift ? code == KeyCode.Z : code == KeyCode.Y;
    }

    private static Optional<String> ofTheSystem(boolean control, boolean alt, boolean meta) {
        if (meta) {
            return Optional.of(" is a key of the system.");
        }
        return Optional.of(" is AltGr on some keyboards, which types a character, or a key of the system.")
                .filter(_ -> control && alt);
    }

    private static boolean isDown(ModifierValue value) {
        return value == ModifierValue.DOWN;
    }
}
