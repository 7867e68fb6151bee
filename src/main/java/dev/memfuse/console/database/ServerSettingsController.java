package dev.memfuse.console.database;

import java.util.List;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Question;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.host.ServerView.Setting;

/// Binds the settings of the database server to their view model.
public final class ServerSettingsController {
    private static final int SHOWN = 8;
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    @FXML
    private TextField search;
    @FXML
    private CheckBox onlyChosen;
    @FXML
    private TableView<Setting> settings;
    @FXML
    private VBox editor;
    @FXML
    private Label name;
    @FXML
    private Label description;
    @FXML
    private Label effect;
    @FXML
    private HBox change;
    @FXML
    private TextField value;
    @FXML
    private Button apply;
    @FXML
    private Button reset;
    @FXML
    private HBox confirm;
    @FXML
    private Label question;
    @FXML
    private Button keep;
    @FXML
    private ProgressBar restarting;
    @FXML
    private Label problem;
    @FXML
    private Label restartProblem;
    @FXML
    private Label outcome;

    private final ServerSettingsModel model;

    ServerSettingsController(ServerSettingsModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        search.textProperty().bindBidirectional(model.searchProperty());
        onlyChosen.selectedProperty().bindBidirectional(model.onlyChosenProperty());
        showTable();
        Visibility.bind(editor, model.selectedProperty().isNotNull());
        model.selectedProperty().subscribe(row -> name.setText(row == null ? "" : row.name()));
        description.textProperty().bind(model.descriptionProperty());
        effect.textProperty().bind(model.effectProperty());
        Visibility.bind(change, model.changeableProperty());
        value.textProperty().bindBidirectional(model.valueProperty());
        apply.disableProperty().bind(model.restart().runningProperty());
        reset.disableProperty().bind(model.restart().runningProperty());
        Question.bind(model.questionProperty(), question, confirm, keep, value);
        Visibility.bindInPlace(restarting, model.restart().runningProperty());
        show(problem, model.problemProperty());
        model.problemProperty().subscribe(text -> value.pseudoClassStateChanged(WRONG, !text.isEmpty()));
        show(restartProblem, model.restart().problemProperty());
        show(outcome, model.outcomeProperty());
    }

    private static void show(Label label, ReadOnlyStringProperty text) {
        label.textProperty().bind(text);
        Visibility.whileFilled(label);
    }

    private void showTable() {
        settings.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        Columns.fitHeight(settings, SHOWN);
        Columns.placeholder(settings, "No setting of the server matches.");
        settings.setItems(model.settings());
        var names = Columns.text("Setting", Setting::name);
        names.setPrefWidth(220);
        settings.getColumns().setAll(List.of(names, Columns.text("Value", ServerSettingsController::value),
                Columns.text("Unit", Setting::unit), Columns.text("Set by", Setting::source),
                Columns.text("A change needs", row -> row.change().word())));
        settings.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> {
            if (row != null) {
                model.selectedProperty().set(row);
            }
        });
        model.selectedProperty().subscribe(row -> {
            if (row != null && !row.equals(settings.getSelectionModel().getSelectedItem())) {
                settings.getSelectionModel().select(row);
            }
        });
    }

    private static String value(Setting row) {
        return row.pending() ? row.value() + " (waits for a restart)" : row.value();
    }

    @FXML
    void onApply() {
        model.apply();
    }

    @FXML
    void onReset() {
        model.reset();
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
