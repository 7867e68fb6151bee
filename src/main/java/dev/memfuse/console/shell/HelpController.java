package dev.memfuse.console.shell;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

/// The help overlay. Esc, F1 and a click outside its card close it.
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

    /// Shows or hides the help.
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
