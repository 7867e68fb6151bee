package dev.memfuse.console.flags;

import javafx.beans.binding.BooleanExpression;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;

import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.LayerBuild.Scope;

/// Binds the job that builds a layer for what is stored already, or again, to its view model.
public final class LayerBuildController {
    @FXML
    private ComboBox<DerivedLayer> layer;
    @FXML
    private ComboBox<Scope> scope;
    @FXML
    private Label lossHint;
    @FXML
    private Button cost;
    @FXML
    private Button build;
    @FXML
    private Button cancel;
    @FXML
    private ProgressBar progress;
    @FXML
    private Label waiting;
    @FXML
    private Label message;
    @FXML
    private Label problem;

    private final LayerBuildViewModel model;

    LayerBuildController(LayerBuildViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        BooleanExpression busy = model.runningProperty().or(model.measuringProperty());
        layer.getItems().setAll(DerivedLayer.values());
        layer.valueProperty().bindBidirectional(model.layerProperty());
        layer.disableProperty().bind(busy);
        scope.getItems().setAll(Scope.values());
        scope.setConverter(new ScopeLabels());
        scope.valueProperty().bindBidirectional(model.scopeProperty());
        scope.disableProperty().bind(busy);
        Visibility.bind(lossHint, model.scopeProperty().isEqualTo(Scope.MADE_BY_RULES));
        cost.disableProperty().bind(busy.or(model.readyProperty().not()));
        build.disableProperty().bind(busy.or(model.buildableProperty().not()));
        Visibility.bind(cancel, model.runningProperty());
        cancel.disableProperty().bind(model.cancellingProperty());
        Visibility.bindInPlace(progress, busy);
        progress.progressProperty().bind(model.shareProperty());
        Visibility.bind(waiting, model.readyProperty().not());
        message.textProperty().bind(model.messageProperty());
        Visibility.whileFilled(message);
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
        // The focus would be lost with the button that was pressed.
        model.runningProperty().subscribe((_, runs) -> (runs ? cancel : cost).requestFocus());
    }

    @FXML
    void onCost() {
        model.measure();
    }

    @FXML
    void onBuild() {
        model.start();
    }

    @FXML
    void onCancel() {
        model.cancel();
    }
}
