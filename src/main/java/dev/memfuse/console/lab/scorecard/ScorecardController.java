package dev.memfuse.console.lab.scorecard;

import javafx.fxml.FXML;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.lab.experiment.ExperimentNodes;
import org.jspecify.annotations.Nullable;

/// The Scorecard page: form and phases above, below them the running scorecard or the last result.
public final class ScorecardController {
    @FXML
    private StatePane states;
    @FXML
    private VBox running;
    @FXML
    private VBox result;
    @FXML
    private PromisesController interimController;
    @FXML
    private VBox interim;

    private final ScorecardViewModel model;

    ScorecardController(ScorecardViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        ExperimentNodes.place(model.experiment(), states, running, result, model.resultProperty());
        model.experiment().progressProperty().subscribe(this::show);
    }

    private void show(@Nullable RunningView now) {
        if (now != null) {
            interimController.show(now.promises());
            Visibility.set(interim, !now.promises().isEmpty());
        }
    }
}
