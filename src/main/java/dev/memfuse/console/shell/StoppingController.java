package dev.memfuse.console.shell;

import dev.memfuse.console.fx.Visibility;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.StackPane;

/// Over the window while the engine ends.
public final class StoppingController {
    @FXML
    private StackPane overlay;
    @FXML
    private Label step;
    @FXML
    private ProgressBar progress;
    @FXML
    private Label remaining;
    @FXML
    private Label outcome;

    private final StoppingViewModel model;

    public StoppingController(StoppingViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        overlay.visibleProperty().bind(model.stoppingProperty());
        step.textProperty().bind(model.stepProperty());
        progress.progressProperty().bind(model.progressProperty());
        remaining.textProperty().bind(model.remainingProperty());
        outcome.textProperty().bind(model.outcomeProperty());
        Visibility.whileFilled(outcome);
    }
}
