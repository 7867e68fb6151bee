package dev.memfuse.console.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

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
        spectra.forEach((operation, rows) -> buttons.add(button(operation, rows, group)));
        operations.getChildren().setAll(buttons);
        if (buttons.isEmpty()) {
            plot.show(List.of());
        } else {
            buttons.getFirst().getStyleClass().add(buttons.size() == 1 ? "button" : "left-pill");
            buttons.subList(1, buttons.size()).forEach(button -> button.getStyleClass().add("center-pill"));
            buttons.getLast().getStyleClass().replaceAll(name -> name.equals("center-pill") ? "right-pill" : name);
            buttons.getFirst().setSelected(true);
        }
    }

    private ToggleButton button(String operation, List<SpectrumRow> rows, ToggleGroup group) {
        ToggleButton button = new ToggleButton(operation);
        button.setToggleGroup(group);
        button.setAccessibleText("Percentiles of " + operation);
        button.selectedProperty().subscribe(selected -> {
            if (selected) {
                plot.show(rows);
            } else if (group.getSelectedToggle() == null) {
                // A click on the selected button deselects it; select it again.
                group.selectToggle(button);
            }
        });
        return button;
    }
}
