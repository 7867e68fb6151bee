package dev.memfuse.console.lab.tune;

import javafx.fxml.FXML;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.lab.experiment.ExperimentNodes;
import org.jspecify.annotations.Nullable;

/// The section that tunes: form above, below it the running tuning or the last result.
public final class TuneController {
    @FXML
    private StatePane tuneStates;
    @FXML
    private VBox tuneRunning;
    @FXML
    private TriedTable interim;
    @FXML
    private VBox tuneResult;

    private final TuneViewModel model;

    TuneController(TuneViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        ExperimentNodes.place(model.experiment(), tuneStates, tuneRunning, tuneResult, model.resultProperty());
        model.experiment().progressProperty().subscribe(this::show);
    }

    private void show(@Nullable TuneProgress now) {
        if (now != null) {
            interim.show(now.tried());
            Visibility.set(interim, !now.tried().isEmpty());
        }
    }
}
