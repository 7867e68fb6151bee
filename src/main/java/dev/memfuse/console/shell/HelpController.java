package dev.memfuse.console.shell;

import javafx.fxml.FXML;
import javafx.scene.layout.StackPane;

import dev.memfuse.console.fx.Modal;

/// The help overlay. Esc, F1 and a click outside its card close it.
public final class HelpController {
    @FXML
    private StackPane overlay;

    @FXML
    void initialize() {
        overlay.setVisible(false);
        Modal.install(overlay, this::onClose, Shortcuts.HELP);
        overlay.setOnMouseClicked(event -> {
            if (overlay.equals(event.getTarget())) {
                onClose();
            }
        });
    }

    /// Shows or hides the help.
    public void toggle() {
        if (overlay.isVisible()) {
            onClose();
            return;
        }
        overlay.setVisible(true);
    }

    @FXML
    void onClose() {
        overlay.setVisible(false);
    }
}
