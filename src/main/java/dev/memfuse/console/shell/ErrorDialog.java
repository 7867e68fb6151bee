package dev.memfuse.console.shell;

import java.util.HashMap;
import java.util.Map;

import javafx.event.ActionEvent;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.TextArea;
import javafx.stage.Window;

import dev.memfuse.console.fx.ErrorSurface;
import dev.memfuse.console.fx.Sentences;

/// Dialog for unexpected failures: a sentence, a code, and a button that copies the details. A repeated failure
/// increments the counter of its open dialog. FX thread only.
public final class ErrorDialog {
    private static final ButtonType COPY = new ButtonType("Copy details", ButtonBar.ButtonData.LEFT);
    private static final ButtonType OPEN = new ButtonType("Open log", ButtonBar.ButtonData.LEFT);
    private static final ButtonType CLOSE = new ButtonType("Close", ButtonBar.ButtonData.CANCEL_CLOSE);

    private final Window owner;
    private final LogLink log;
    private final Map<String, Alert> open = new HashMap<>();

    /// @param owner window over which the dialogs open
    /// @param log named by each dialog
    public ErrorDialog(Window owner, LogLink log) {
        this.owner = owner;
        this.log = log;
    }

    /// Shows a failure.
    ///
    /// @param count number of its occurrences
    public void show(ErrorSurface.Dialog error, int count) {
        Alert alert = open.get(error.code());
        if (alert == null) {
            alert = create(error);
            open.put(error.code(), alert);
            alert.setOnHidden(_ -> open.remove(error.code()));
            alert.show();
        }
        alert.setHeaderText("Error " + error.code() + (count > 1 ? ", " + count + " times" : ""));
    }

    private Alert create(ErrorSurface.Dialog error) {
        Alert alert = new Alert(Alert.AlertType.ERROR,
                Sentences.shortened(error.sentence()) + System.lineSeparator() + log.location().hint(), COPY, OPEN,
                CLOSE);
        alert.initOwner(owner);
        alert.setTitle("MemFuse Console");
        alert.setResizable(true);
        TextArea details = new TextArea(error.details());
        details.setEditable(false);
        details.setAccessibleText("Details of the error");
        alert.getDialogPane().setExpandableContent(details);
        Button copy = (Button) alert.getDialogPane().lookupButton(COPY);
        copy.addEventFilter(ActionEvent.ACTION, event -> {
            // Copying must not close the dialog.
            log.copy(error.sentence(), error.details());
            event.consume();
        });
        ((Button) alert.getDialogPane().lookupButton(OPEN)).setOnAction(_ -> log.open().run());
        return alert;
    }
}
