package dev.memfuse.console.lab.compare;

import javafx.fxml.FXML;
import javafx.scene.control.Label;

/// The primary metric pair by pair: legend, plot, and the selected pair in words.
public final class ComparePairsController {
    private static final String HINT = "Select a pair to see its values: by the arrow keys, or with the mouse.";

    @FXML
    private PairPlot plot;
    @FXML
    private Label readout;

    @FXML
    void initialize() {
        readout.textProperty().bind(plot.readoutProperty().map(text -> text.isEmpty() ? HINT : text));
    }

    /// Shows pairs.
    void show(PairFigures figures) {
        plot.show(figures);
    }
}
