package dev.memfuse.console.lab.compare;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;

import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;

/// The running comparison: progress, the interval as it narrows, and the pairs so far.
public final class CompareRunningController {
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
        cancel.disableProperty().bind(model.experiment().cancellingProperty());
        // The focus would be lost with the button that was pressed.
        model.experiment().runningProperty().subscribe((_, runs) -> {
            if (runs) {
                cancel.requestFocus();
            }
        });
    }

    private void show(@Nullable RunningView now) {
        if (now == null) {
            return;
        }
        title.setText(now.title());
        step.setText(now.step());
        left.setText(now.left());
        bar.setProgress(now.share());
        interim.setText(now.interim().isEmpty() ? "The first interval appears after some pairs." : now.interim());
        Visibility.set(notFinal, !now.interim().isEmpty());
        pairsController.show(now.figures());
    }

    @FXML
    void onCancel() {
        model.cancel();
    }
}
