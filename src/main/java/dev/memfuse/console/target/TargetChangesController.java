package dev.memfuse.console.target;

import javafx.beans.binding.BooleanExpression;
import javafx.fxml.FXML;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import dev.memfuse.console.fx.Question;
import dev.memfuse.console.fx.Switch;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.target.PoolChange;
import dev.memfuse.target.PoolSetting;

/// Binds the settings of a pool of a target and their changes to the view model.
public final class TargetChangesController {
    @FXML
    private Label pool;
    @FXML
    private Switch allow;
    @FXML
    private Label locked;
    @FXML
    private GridPane settings;
    @FXML
    private FlowPane actions;
    @FXML
    private HBox confirm;
    @FXML
    private Label question;
    @FXML
    private Button confirmAction;
    @FXML
    private Button keep;
    @FXML
    private Label outcome;
    @FXML
    private Label changeProblem;

    private final TargetsViewModel target;
    private final TargetChangesViewModel model;

    TargetChangesController(TargetsViewModel target, TargetChangesViewModel model) {
        this.target = target;
        this.model = model;
    }

    @FXML
    void initialize() {
        pool.textProperty().bind(target.chosenProperty().map(name -> "Settings of pool " + name));
        BooleanExpression unlocked = model.unlockedProperty();
        int row = 1;
        for (PoolSetting setting : PoolSetting.values()) {
            addRow(setting, row++, unlocked);
        }
        actions.disableProperty().bind(unlocked.not());
        Visibility.bind(locked, unlocked.not());
        allow.selectedProperty().bindBidirectional(model.allowedProperty());
        confirmAction.textProperty().bind(model.answerProperty());
        Question.bind(model.questionProperty(), question, confirm, keep, allow);
        outcome.textProperty().bind(model.outcomeProperty());
        Visibility.whileFilled(outcome);
        changeProblem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(changeProblem);
    }

    private void addRow(PoolSetting setting, int row, BooleanExpression unlocked) {
        Label name = new Label(setting.key());
        name.getStyleClass().add("target-key");
        name.setMinWidth(Region.USE_PREF_SIZE);
        Label current = new Label();
        current.textProperty().bind(model.currentProperty(setting));
        current.getStyleClass().add("target-value");
        current.setMinWidth(Region.USE_PREF_SIZE);
        GridPane.setHalignment(current, HPos.RIGHT);
        TextField value = new TextField();
        value.setPrefColumnCount(8);
        value.getStyleClass().add("number-field");
        value.setId("new-" + setting.key());
        value.setAccessibleText("New " + setting.key() + (setting.unit().isEmpty() ? "" : " in milliseconds"));
        value.textProperty().bindBidirectional(model.wantedProperty(setting));
        value.disableProperty().bind(unlocked.not());
        value.setOnAction(_ -> model.askSettings());
        settings.addRow(row, name, current, value, new Label(setting.unit()));
    }

    @FXML
    void onChange() {
        model.askSettings();
    }

    @FXML
    void onEvict() {
        model.ask(new PoolChange.SoftEvict());
    }

    @FXML
    void onSuspend() {
        model.ask(new PoolChange.Suspend());
    }

    @FXML
    void onResume() {
        model.ask(new PoolChange.Resume());
    }

    @FXML
    void onConfirm() {
        model.confirm();
    }

    @FXML
    void onKeep() {
        model.keep();
    }
}
