package dev.memfuse.console.memory.knowledge;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.engine.Message;

/// Source messages, each with a button that shows it in its conversation. FX thread only.
final class SourceList {
    private static final int SHOWN = 600;

    private SourceList() {}

    /// Returns a line for each message.
    static List<Node> of(List<Message> messages, Consumer<Message> show) {
        return messages.stream().map(message -> line(message, show)).toList();
    }

    private static Node line(Message message, Consumer<Message> show) {
        String content = message.content();
        Label text = new Label(message.role().name().toLowerCase(Locale.ROOT) + ", "
                + Formats.moment(message.createdAt()) + ": "
                + (content.length() <= SHOWN ? content : content.substring(0, SHOWN) + "…"));
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button button = new Button("Show");
        button.getStyleClass().add("small");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText("Show the message in its conversation");
        button.setOnAction(_ -> show.accept(message));
        HBox line = new HBox(text, button);
        line.getStyleClass().add("tool-row");
        return line;
    }
}
