package dev.memfuse.console.lab.compare;

import javafx.fxml.FXML;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.lab.experiment.ExperimentNodes;

/// The Compare page: form above, below it the running comparison or the last result.
public final class CompareController {
    @FXML
    private StatePane states;
    @FXML
    private VBox running;
    @FXML
    private VBox result;

    private final CompareViewModel model;

    CompareController(CompareViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        ExperimentNodes.place(model.experiment(), states, running, result, model.resultProperty());
    }
}
