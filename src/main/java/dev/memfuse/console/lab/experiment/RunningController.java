package dev.memfuse.console.lab.experiment;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;

import org.jspecify.annotations.Nullable;

/// Progress of a running experiment, with the time left and the button that cancels it.
public final class RunningController {
    @FXML
    private Label title;
    @FXML
    private Label step;
    @FXML
    private Label left;
    @FXML
    private ProgressBar bar;
    @FXML
    private Button cancel;

    private final ExperimentModel<?, ?, ?> model;

    /// @param model the experiments of the page
    public RunningController(ExperimentModel<?, ?, ?> model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        model.progressProperty().subscribe(this::show);
        cancel.disableProperty().bind(model.cancellingProperty());
        model.cancellingProperty().subscribe(() -> show(model.progressProperty().get()));
        // The focus would be lost with the button that was pressed.
        model.runningProperty().subscribe((_, runs) -> {
            if (runs) {
                cancel.requestFocus();
            }
        });
    }

    private void show(@Nullable RunningText now) {
        if (now != null) {
            title.setText(now.title());
            step.setText(now.step());
            // Nobody knows how long the end of the current calls takes.
            left.setText(model.cancellingProperty().get() ? "Ending" : now.left());
            bar.setProgress(now.share());
        }
    }

    @FXML
    void onCancel() {
        model.cancel();
    }
}
