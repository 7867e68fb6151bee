package dev.memfuse.console.fx;

import java.util.Objects;

import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.MouseEvent;

import org.jspecify.annotations.Nullable;

/// Keeps the second press of a double click from a button that the first press did not hit: one that has come under the
/// pointer since, or that means something else now, as Run that has become Stop. Quick presses of the same button work.
/// FX thread only.
public final class DoubleClicks {
    private @Nullable ButtonBase first;
    private String meaning = "";

    private DoubleClicks() {}

    /// Installs the behaviour in a scene; called once.
    public static void install(Scene scene) {
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, new DoubleClicks()::press);
    }

    private void press(MouseEvent event) {
        ButtonBase button = button(event.getTarget());
        if (event.getClickCount() <= 1) {
            first = button;
            meaning = meaning(button);
        } else if (button != null && !(button.equals(first) && meaning(button).equals(meaning))) {
            event.consume();
        }
    }

    private static @Nullable ButtonBase button(EventTarget target) {
        Node node = target instanceof Node inner ? inner : null;
        while (node != null && !(node instanceof ButtonBase)) {
            node = node.getParent();
        }
        return (ButtonBase) node;
    }

    /// An icon without a text has its meaning for screen readers only.
    private static String meaning(@Nullable ButtonBase button) {
        if (button == null) {
            return "";
        }
        String text = Objects.requireNonNullElse(button.getText(), "");
        return text.isEmpty() ? Objects.requireNonNullElse(button.getAccessibleText(), "") : text;
    }
}
