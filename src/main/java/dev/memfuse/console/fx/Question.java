package dev.memfuse.console.fx;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;

/// A question above the buttons that answer it, in the place of a dialog. FX thread only.
public final class Question {
    private Question() {}

    /// Shows a question while there is one. Its button that changes nothing has the focus then, so that Enter does not
    /// confirm what somebody only asked about; afterwards the focus returns.
    ///
    /// @param text the question; empty while there is none
    /// @param box holds label and buttons; hidden while there is no question
    /// @param keep the button that changes nothing
    /// @param asked has the focus after the answer
    public static void bind(ReadOnlyStringProperty text, Label label, Pane box, Node keep, Node asked) {
        label.textProperty().bind(text);
        Visibility.bind(box, text.isNotEmpty());
        text.subscribe((before, now) -> {
            if (before.isEmpty() != now.isEmpty()) {
                (now.isEmpty() ? asked : keep).requestFocus();
            }
        });
    }
}
