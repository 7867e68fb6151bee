package dev.memfuse.console.fx;

import java.util.List;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;

import org.kordamp.ikonli.javafx.FontIcon;

/// Shows warnings as sentences with an icon. FX thread only.
public final class WarningLines {

    private WarningLines() {}

    /// Replaces the children of a pane by one line per sentence.
    public static void show(Pane pane, List<String> sentences) {
        pane.getChildren().setAll(sentences.stream().map(WarningLines::line).toList());
    }

    private static Node line(String sentence) {
        Label label = new Label(sentence, new FontIcon(Icons.WARNING));
        label.getStyleClass().add("warning-line");
        label.setWrapText(true);
        return label;
    }
}
