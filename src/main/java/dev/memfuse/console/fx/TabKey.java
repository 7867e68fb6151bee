package dev.memfuse.console.fx;

import javafx.scene.Scene;
import javafx.scene.TraversalDirection;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Lets Tab and Shift+Tab leave a text area, as every other control. Ctrl+Tab inserts a tab there.
public final class TabKey {
    private TabKey() {}

    /// Installs the behaviour in a scene; called once, on the FX thread.
    public static void install(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.TAB || event.isAltDown() || event.isMetaDown()
                    || !(event.getTarget() instanceof TextArea area)) {
                return;
            }
            if (event.isControlDown()) {
                area.insertText(area.getCaretPosition(), "\t");
            } else {
                area.requestFocusTraversal(event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
            }
            event.consume();
        });
    }
}
