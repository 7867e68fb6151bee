package dev.memfuse.console.shell;

import java.util.function.Predicate;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;

import dev.memfuse.console.fx.Modal;
import dev.memfuse.console.fx.Visibility;

/// The overlay that shows the shutdown of the engine.
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
    private final Predicate<KeyEvent> quit;

    /// @param quit accepts the shortcut that closes the window: pressed again, it closes without waiting
    public StoppingController(StoppingViewModel model, Predicate<KeyEvent> quit) {
        this.model = model;
        this.quit = quit;
    }

    @FXML
    void initialize() {
        overlay.visibleProperty().bind(model.stoppingProperty());
        // Nothing behind it can be used while the engine stops.
        Modal.install(overlay, () -> {}, quit);
        step.textProperty().bind(model.stepProperty());
        progress.progressProperty().bind(model.progressProperty());
        remaining.textProperty().bind(model.remainingProperty());
        outcome.textProperty().bind(model.outcomeProperty());
        Visibility.whileFilled(outcome);
    }
}
