package dev.memfuse.console.memory.ask;

import java.util.Locale;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.engine.QueryResult.Hit;
import org.jspecify.annotations.Nullable;

/// A hit: rank, score, layer and source, the bar of its shares, and the begin of its text. FX thread only.
final class HitCell extends ListCell<HitCell.Item> {
    /// Height of a cell.
    static final double HEIGHT = 76;
    private static final double PADDING = 13;
    private static final int SHOWN = 300;

    private final Label rank = new Label();
    private final Label note = new Label();
    private final Label score = new Label();
    private final ShareBar bar = new ShareBar();
    private final Label text = new Label();
    private final VBox box;

    /// A hit, or an entry that was left out.
    ///
    /// @param note layer and source, or the reason why it was left out
    record Item(int rank, Hit hit, String note) {}

    HitCell() {
        getStyleClass().add("hit-cell");
        rank.getStyleClass().add("hit-rank");
        rank.setMinWidth(Region.USE_PREF_SIZE);
        note.getStyleClass().add("hint");
        note.setMinWidth(0);
        score.getStyleClass().add("hit-score");
        score.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(note, Priority.ALWAYS);
        note.setMaxWidth(Double.MAX_VALUE);
        HBox head = new HBox(rank, note, score);
        head.getStyleClass().add("tool-row");
        text.setWrapText(true);
        box = new VBox(head, bar, text);
        box.getStyleClass().add("hit");
        // Otherwise it gets the height of an unlimited width, in which the text has one line.
        box.setPrefHeight(HEIGHT - PADDING);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable Item item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        Hit hit = item.hit();
        rank.setText(item.rank() + ".");
        note.setText(item.note());
        score.setText(String.format(Locale.ROOT, "%.3f", hit.score()));
        bar.show(hit.shares());
        String line = hit.content().replaceAll("\\s+", " ");
        text.setText(line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…");
        setAccessibleText(item.rank() + ", score " + score.getText() + ", " + item.note() + ": "
                + ShareBar.text(hit.shares()) + ". " + text.getText());
        setGraphic(box);
    }
}
