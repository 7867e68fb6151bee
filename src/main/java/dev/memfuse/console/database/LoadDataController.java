package dev.memfuse.console.database;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;

import dev.memfuse.console.fx.Visibility;

/// Binds the card about the data of loads to its view model.
public final class LoadDataController {
    @FXML
    private Label size;
    @FXML
    private Label outcome;
    @FXML
    private Button remove;
    @FXML
    private Button cancel;
    @FXML
    private ProgressBar progress;

    private final LoadDataViewModel model;

    LoadDataController(LoadDataViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        size.textProperty().bind(model.sizeProperty());
        outcome.textProperty().bind(model.outcomeProperty());
        Visibility.whileFilled(outcome);
        remove.disableProperty().bind(model.removableProperty().not().or(model.removingProperty()));
        Visibility.bind(cancel, model.removingProperty());
        Visibility.bindInPlace(progress, model.removingProperty());
        progress.progressProperty().bind(model.shareProperty());
    }

    @FXML
    void onRemove() {
        model.remove();
    }

    @FXML
    void onCancel() {
        model.cancel();
    }
}
