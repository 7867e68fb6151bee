package dev.memfuse.console.fx;

import java.util.concurrent.atomic.AtomicBoolean;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;

import org.jspecify.annotations.Nullable;

/// A question above the buttons that answer it, in the place of a dialog. FX thread only.
public final class Question {
    private Question() {}

    /// Shows a question while there is one. Its button that changes nothing has the focus then, so that Enter does not
    /// confirm what somebody only asked about; afterwards the focus returns, unless it has gone elsewhere meanwhile.
    ///
    /// @param text the question; empty while there is none
    /// @param box holds label and buttons; hidden while there is no question
    /// @param keep the button that changes nothing
    /// @param asked has the focus after the answer
    public static void bind(ReadOnlyStringProperty text, Label label, Pane box, Node keep, Node asked) {
        AtomicBoolean inside = new AtomicBoolean();
        // Registered first: when the box is hidden the focus may have left it already.
        text.subscribe(() -> inside.set(box.getScene() == null || isIn(box, box.getScene().getFocusOwner())));
        label.textProperty().bind(text);
        Visibility.bind(box, text.isNotEmpty());
        text.subscribe((before, now) -> {
            if (before.isEmpty() && !now.isEmpty()) {
                keep.requestFocus();
            } else if (now.isEmpty() && !before.isEmpty() && inside.get()) {
                asked.requestFocus();
            }
        });
    }

    /// Nobody has the focus after a control that had it is gone: then it may return too.
    private static boolean isIn(Pane box, @Nullable Node owner) {
        for (Node node = owner; node != null; node = node.getParent()) {
            if (node.equals(box)) {
                return true;
            }
        }
        return owner == null;
    }
}
