package dev.memfuse.console.lab.compare;

import javafx.fxml.FXML;
import javafx.scene.control.Label;

import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;

/// The running comparison: the interval as it narrows, and the pairs so far.
public final class CompareRunningController {
    @FXML
    private Label arms;
    @FXML
    private Label notFinal;
    @FXML
    private Label interim;
    @FXML
    private ComparePairsController pairsController;

    private final CompareViewModel model;

    CompareRunningController(CompareViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        model.experiment().progressProperty().subscribe(this::show);
    }

    private void show(@Nullable RunningView now) {
        if (now != null) {
            arms.setText(now.arms());
            interim.setText(now.interim().isEmpty() ? "The first interval appears after some pairs." : now.interim());
            Visibility.set(notFinal, !now.interim().isEmpty());
            pairsController.show(now.figures());
        }
    }
}
