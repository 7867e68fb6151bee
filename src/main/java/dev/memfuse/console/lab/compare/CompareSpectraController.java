package dev.memfuse.console.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

import dev.memfuse.console.lab.experiment.Segments;
import dev.memfuse.lab.compare.SpectrumRow;

/// Latency percentiles of both arms, one operation at a time.
public final class CompareSpectraController {
    private static final String HINT = "Select a percentile to see its values: by the arrow keys, or with the mouse.";

    @FXML
    private HBox operations;
    @FXML
    private SpectrumPlot plot;
    @FXML
    private Label readout;

    @FXML
    void initialize() {
        readout.textProperty().bind(plot.readoutProperty().map(text -> text.isEmpty() ? HINT : text));
    }

    /// Shows spectra by operation, at first the first one.
    void show(Map<String, List<SpectrumRow>> spectra) {
        ToggleGroup group = new ToggleGroup();
        List<ToggleButton> buttons = new ArrayList<>();
        spectra.forEach((operation, rows) -> buttons.add(Segments.button(operation, "Percentiles of " + operation,
                group, () -> plot.show(rows))));
        Segments.fill(operations, buttons);
        if (buttons.isEmpty()) {
            plot.show(List.of());
        } else {
            buttons.getFirst().setSelected(true);
        }
    }
}
