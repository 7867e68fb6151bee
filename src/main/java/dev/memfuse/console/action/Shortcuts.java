package dev.memfuse.console.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;

import org.jspecify.annotations.Nullable;

/// Reads shortcuts in one form, so that equal ones are equal: a file may have Ctrl+R, ctrl + r or Shift+Ctrl+R, and on
/// all platforms but macOS the shortcut modifier is Ctrl, there Cmd. Stateless.
///
/// @param mac whether the shortcut modifier is Cmd
record Shortcuts(boolean mac) {
    /// Those of this platform.
    static final Shortcuts HERE = new Shortcuts(
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac"));

    /// Reads a shortcut; empty for a text that is none.
    Optional<KeyCombination> parse(String text) {
        List<KeyCombination.Modifier> modifiers = new ArrayList<>();
        // The last plus may be the key itself.
        String stripped = text.strip();
        boolean plus = stripped.endsWith("+");
        String[] parts = (plus ? stripped.substring(0, stripped.length() - 1) : stripped).split("\\+", -1);
        int names = plus && parts[parts.length - 1].isBlank() ? parts.length - 1 : parts.length;
        for (int i = 0; i < (plus ? names : names - 1); i++) {
            KeyCombination.Modifier modifier = modifier(parts[i]);
            if (modifier == null) {
                return Optional.empty();
            }
            if (!modifiers.contains(modifier)) {
                modifiers.add(modifier);
            }
        }
        return code(plus ? KeyCode.PLUS.getName() : parts[names - 1])
                .map(code -> normal(new KeyCodeCombination(code, modifiers.toArray(KeyCombination.Modifier[]::new))));
    }

    private static KeyCombination.@Nullable Modifier modifier(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "shortcut" -> KeyCombination.SHORTCUT_DOWN;
            case "ctrl", "control" -> KeyCombination.CONTROL_DOWN;
            case "meta", "cmd", "command", "win" -> KeyCombination.META_DOWN;
            case "shift" -> KeyCombination.SHIFT_DOWN;
            case "alt", "option" -> KeyCombination.ALT_DOWN;
            default -> null;
        };
    }

    private static Optional<KeyCode> code(String name) {
        String wanted = name.strip();
        return Stream.of(KeyCode.values())
                .filter(code -> code.getName().equalsIgnoreCase(wanted) || code.name().equalsIgnoreCase(wanted))
                .filter(code -> code != KeyCode.UNDEFINED && !code.isModifierKey() && modifier(code.getName()) == null)
                .findFirst();
    }

    /// Returns a shortcut with the shortcut modifier instead of the key that it is on this platform.
    KeyCombination normal(KeyCombination keys) {
        if (!(keys instanceof KeyCodeCombination combination)) {
            return keys;
        }
        boolean shortcut = isDown(keys.getShortcut()) || isDown(mac ? keys.getMeta() : keys.getControl());
        return new KeyCodeCombination(combination.getCode(), keys.getShift(),
                mac ? keys.getControl() : ModifierValue.UP,
                keys.getAlt(), mac ? ModifierValue.UP : keys.getMeta(),
                shortcut ? ModifierValue.DOWN : ModifierValue.UP);
    }

    private static boolean isDown(ModifierValue value) {
        return value == ModifierValue.DOWN;
    }
}
