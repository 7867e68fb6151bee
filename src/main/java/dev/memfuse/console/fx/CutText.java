package dev.memfuse.console.fx;

import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;

/// Shows the whole text of a label or a cell as its tooltip while there is no room for it. FX thread only.
public final class CutText {
    private static final double WIDEST = 480;

    private CutText() {}

    /// Explains a label or a cell without a tooltip of its own. Screen readers have the whole text anyway.
    ///
    /// @return the same label
    public static <L extends Labeled> L explain(L label) {
        label.textTruncatedProperty().subscribe((_, cut) -> label.setTooltip(cut ? whole(label) : null));
        return label;
    }

    private static Tooltip whole(Labeled label) {
        Tooltip tooltip = new Tooltip();
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(WIDEST);
        // A table shows other rows in the same cell.
        tooltip.textProperty().bind(label.textProperty());
        return tooltip;
    }
}
