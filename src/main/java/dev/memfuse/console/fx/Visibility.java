package dev.memfuse.console.fx;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;

/// Shows and hides nodes together with their space. FX thread only.
public final class Visibility {

    private Visibility() {}

    /// Shows a node, or hides it and frees its space.
    public static void set(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    /// Keeps a node visible while the value is true.
    public static void bind(Node node, ObservableValue<Boolean> visible) {
        node.visibleProperty().bind(visible);
        node.managedProperty().bind(node.visibleProperty());
    }

    /// Shows a node while the value is true. Its space stays, so that nothing around it moves.
    public static void bindInPlace(Node node, ObservableValue<Boolean> visible) {
        node.visibleProperty().bind(visible);
    }

    /// Keeps a label visible while it has a text.
    public static void whileFilled(Label label) {
        bind(label, Bindings.isNotEmpty(label.textProperty()));
    }
}
