package dev.memfuse.console.action;

import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;

import dev.memfuse.console.fx.Action;

/// The tooltip of a control that runs an action: its meaning and the shortcut in force. FX thread only.
public final class ActionTooltip {
    private ActionTooltip() {}

    /// Gives a control the tooltip and keeps its shortcut current.
    ///
    /// @param id the action that the control runs
    public static void install(Control control, String meaning, String id, Keymap keymap) {
        Action action = keymap.actions().require(id);
        Tooltip tooltip = new Tooltip();
        keymap.changesProperty().subscribe(_ -> tooltip.setText(text(meaning, keymap.text(action))));
        control.setTooltip(tooltip);
    }

    private static String text(String meaning, String keys) {
        return keys.isEmpty() ? meaning : meaning + " (" + keys + ")";
    }
}
