package dev.memfuse.console.action;

import java.util.Set;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;

/// The keys that cannot be shortcuts, because controls need them: a key without Ctrl, Cmd or Alt that is no function
/// key would run while somebody types, and text fields copy and paste.
final class ReservedKeys {
    private static final Set<KeyCode> OF_TEXT = Set.of(KeyCode.A, KeyCode.C, KeyCode.V, KeyCode.X, KeyCode.TAB,
            KeyCode.ENTER, KeyCode.BACK_SPACE, KeyCode.DELETE, KeyCode.ESCAPE, KeyCode.SPACE);

    private ReservedKeys() {}

    /// Returns whether a combination is reserved. A combination of a character instead of a key is.
    static boolean contain(KeyCombination keys) {
        if (!(keys instanceof KeyCodeCombination combination)) {
            return true;
        }
        KeyCode code = combination.getCode();
        if (code.isModifierKey() || code == KeyCode.UNDEFINED) {
            return true;
        }
        boolean modified = keys.getShortcut() == ModifierValue.DOWN || keys.getControl() == ModifierValue.DOWN
                || keys.getMeta() == ModifierValue.DOWN || keys.getAlt() == ModifierValue.DOWN;
        return modified ? OF_TEXT.contains(code) || code.isArrowKey() || code.isNavigationKey() : !code.isFunctionKey();
    }
}
