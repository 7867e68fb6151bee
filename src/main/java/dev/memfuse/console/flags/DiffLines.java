package dev.memfuse.console.flags;

import java.util.List;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import dev.memfuse.config.ConfigChange;

/// Differences of settings as lines of the page: the key, and below it both values.
final class DiffLines {
    private DiffLines() {}

    /// Returns the line of one difference.
    static Node of(ConfigChange change) {
        return of(change.path(), change.beforeLabel() + "  →  " + change.afterLabel());
    }

    /// Returns the line of a key and what is said of its values.
    static Node of(String path, String text) {
        Label values = new Label(text);
        values.setWrapText(true);
        values.getStyleClass().add("diff-values");
        VBox line = new VBox(KeyPath.of(path), values);
        line.getStyleClass().add("diff-line");
        return line;
    }

    /// Returns the lines of several differences.
    static List<Node> of(List<ConfigChange> changes) {
        return changes.stream().map(DiffLines::of).toList();
    }

    /// Returns a heading above lines.
    static Node heading(String text, String styleClass) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(styleClass);
        return label;
    }
}
