package dev.memfuse.console.shell;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

/// The help over the window. Esc, F1 and a click beside it close it.
public final class HelpController {
    @FXML
    private StackPane overlay;
    @FXML
    private Button close;

    private @Nullable Node focusBefore;

    @FXML
    void initialize() {
        overlay.setVisible(false);
        overlay.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                onClose();
                event.consume();
            }
        });
        overlay.setOnMouseClicked(event -> {
            if (overlay.equals(event.getTarget())) {
                onClose();
            }
        });
    }

    /// Shows the help, or hides it.
    public void toggle() {
        if (overlay.isVisible()) {
            onClose();
            return;
        }
        focusBefore = overlay.getScene().getFocusOwner();
        overlay.setVisible(true);
        close.requestFocus();
    }

    @FXML
    void onClose() {
        overlay.setVisible(false);
        if (focusBefore != null) {
            focusBefore.requestFocus();
        }
    }
}
