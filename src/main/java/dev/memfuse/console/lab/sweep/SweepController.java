package dev.memfuse.console.lab.sweep;

import javafx.fxml.FXML;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.lab.experiment.ExperimentNodes;
import org.jspecify.annotations.Nullable;

/// The Sweep page: form above, below it the running sweep or the last result.
public final class SweepController {
    @FXML
    private StatePane states;
    @FXML
    private VBox running;
    @FXML
    private VBox interim;
    @FXML
    private SweepChartsController interimController;
    @FXML
    private VBox result;

    private final SweepViewModel model;

    SweepController(SweepViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        ExperimentNodes.place(model.experiment(), states, running, result, model.resultProperty());
        model.experiment().progressProperty().subscribe(this::show);
    }

    private void show(@Nullable RunningView now) {
        if (now != null) {
            interimController.show(now.parameter(), now.second(), now.points(), null);
            Visibility.set(interim, !now.points().isEmpty());
        }
    }
}
