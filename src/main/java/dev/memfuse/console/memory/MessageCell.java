package dev.memfuse.console.memory;

import java.util.Locale;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

import dev.memfuse.engine.Role;
import org.jspecify.annotations.Nullable;

/// A message: role and time, its badges, and the text below. FX thread only.
final class MessageCell extends ListCell<MessageRow> {
    /// Maximum number of shown characters: the layout of a long text takes its time again and again.
    private static final int SHOWN = 2_000;
    /// Width of the scroll bar with the borders.
    private static final double SCROLL_BAR = 18;
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");
    private static final PseudoClass ASSISTANT = PseudoClass.getPseudoClass("assistant");

    private final Label head = new Label();
    private final FlowPane line = new FlowPane();
    private final Label text = new Label();
    private final VBox box = new VBox(line, text);

    MessageCell() {
        getStyleClass().add("message-cell");
        head.getStyleClass().add("message-head");
        line.getStyleClass().add("message-line");
        text.setWrapText(true);
        box.getStyleClass().add("message");
        // Otherwise the longest line would set the width of the list.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable MessageRow row, boolean empty) {
        super.updateItem(row, empty);
        if (empty || row == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        head.setText(row.head());
        line.getChildren().setAll(head);
        row.badges().forEach(badge -> line.getChildren().add(badge(badge)));
        String content = row.message().content();
        text.setText(content.length() <= SHOWN
                ? content
                : content.substring(0, SHOWN) + String.format(Locale.ROOT,
                        " … (%,d more characters; Ctrl+C copies all)", content.length() - SHOWN));
        pseudoClassStateChanged(ASSISTANT, row.message().role() != Role.USER);
        setAccessibleText(row.head() + ". " + text.getText());
        setGraphic(box);
    }

    /// The skin asks for the height of an unlimited width, in which nothing wraps.
    @Override
    protected double computePrefHeight(double width) {
        if (isEmpty() || getListView() == null) {
            return super.computePrefHeight(width);
        }
        double room = getListView().getWidth() - SCROLL_BAR - snappedLeftInset() - snappedRightInset();
        return snappedTopInset() + box.prefHeight(Math.max(1, room)) + snappedBottomInset();
    }

    private static Label badge(MessageRow.Badge badge) {
        Label label = new Label(badge.text());
        label.getStyleClass().add("badge");
        label.pseudoClassStateChanged(WAITING, badge.kind() == MessageRow.Kind.WAITING);
        label.setTooltip(new Tooltip(badge.meaning()));
        return label;
    }
}
