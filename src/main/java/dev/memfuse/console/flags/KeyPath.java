package dev.memfuse.console.flags;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;

/// A key that wraps after its dots. A single label would break within a word, because JavaFX does not treat a dot or a
/// zero-width space as a break opportunity.
final class KeyPath {
    private KeyPath() {}

    /// Returns the view of a path such as `postgres.pool_size`.
    static Node of(String path) {
        FlowPane parts = new FlowPane();
        for (String part : path.split("(?<=\\.)")) {
            Label label = new Label(part);
            label.getStyleClass().add("flag-path");
            parts.getChildren().add(label);
        }
        return parts;
    }
}
