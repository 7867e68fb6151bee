package dev.memfuse.console.lab.forest;

import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;

import dev.memfuse.lab.paired.Decision;
import org.jspecify.annotations.Nullable;

/// A cell of text with the pseudo classes of its row: primary, better, worse.
final class MetricCell extends TableCell<MetricRow, String> {
    private static final PseudoClass PRIMARY = PseudoClass.getPseudoClass("primary");
    private static final PseudoClass BETTER = PseudoClass.getPseudoClass("better");
    private static final PseudoClass WORSE = PseudoClass.getPseudoClass("worse");

    @Override
    protected void updateItem(@Nullable String text, boolean empty) {
        super.updateItem(text, empty);
        setText(empty ? null : text);
        MetricRow row = empty || getTableRow() == null ? null : getTableRow().getItem();
        pseudoClassStateChanged(PRIMARY, row != null && row.primary());
        pseudoClassStateChanged(BETTER, row != null && row.shown() == Decision.BETTER);
        pseudoClassStateChanged(WORSE, row != null && row.shown() == Decision.WORSE);
    }
}
