package dev.memfuse.console.database;

import java.util.List;

import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Question;
import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;

/// Binds the list of connections to its view model.
public final class ConnectionsController {
    private static final int SHOWN = 6;

    @FXML
    private Label damage;
    @FXML
    private TableView<ConnectionRow> table;
    @FXML
    private Label hint;
    @FXML
    private ProgressBar progress;
    @FXML
    private Button connectSaved;
    @FXML
    private Button testSaved;
    @FXML
    private Button changeSaved;
    @FXML
    private Button removeSaved;
    @FXML
    private HBox confirm;
    @FXML
    private Label question;
    @FXML
    private Button keep;
    @FXML
    private HBox loadQuestion;
    @FXML
    private Label problem;
    @FXML
    private Label connectProblem;

    private final ConnectionsModel model;
    private final ConnectionForm form;

    ConnectionsController(ConnectionsModel model, ConnectionForm form) {
        this.model = model;
        this.form = form;
    }

    @FXML
    void initialize() {
        damage.textProperty().bind(model.damageProperty());
        Visibility.whileFilled(damage);
        initializeTable();
        Visibility.bind(hint, Bindings.size(model.rows()).lessThan(2).and(model.loadingProperty().not()));
        DatabaseChange change = model.connector().change();
        Visibility.bindInPlace(progress, change.runningProperty().or(model.loadingProperty()));
        Visibility.bind(loadQuestion, change.askingProperty());
        Question.bind(model.questionProperty(), question, confirm, keep, table);
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
        connectProblem.textProperty().bind(change.problemProperty());
        Visibility.whileFilled(connectProblem);
        change.runningProperty().subscribe(this::showSelected);
        model.selectedProperty().subscribe(this::showSelected);
        showSelected();
    }

    private void initializeTable() {
        // Only one column grows: the widths of several would depend on the order of layouts.
        table.getColumns().setAll(List.of(Columns.width(Columns.text("Name", ConnectionRow::name), 160, 160),
                Columns.width(Columns.text("Target", ConnectionRow::target), 120, 2_000),
                Columns.width(Columns.text("Settings", ConnectionRow::settings), 110, 110),
                Columns.width(Columns.text("Access", ConnectionRow::access), 110, 110),
                Columns.width(Columns.text("State", ConnectionRow::state), 100, 100)));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.setItems(model.rows());
        Columns.fitHeight(table, 1);
        model.rows().addListener((ListChangeListener<ConnectionRow>) _ -> fitHeight());
        fitHeight();
        table.getSelectionModel().selectedItemProperty().subscribe(model.selectedProperty()::set);
        model.selectedProperty().subscribe(this::select);
        table.setOnKeyPressed(this::keyPressed);
        table.setRowFactory(_ -> {
            TableRow<ConnectionRow> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && !row.isEmpty()) {
                    onConnect();
                }
            });
            return row;
        });
    }

    private void fitHeight() {
        Columns.fitHeight(table, Math.clamp(model.rows().size(), 1, SHOWN));
    }

    private void select(@Nullable ConnectionRow row) {
        if (row == null) {
            table.getSelectionModel().clearSelection();
        } else if (!row.equals(table.getSelectionModel().getSelectedItem())) {
            table.getSelectionModel().select(row);
        }
    }

    private void keyPressed(KeyEvent event) {
        switch (event.getCode()) {
            case ENTER -> onConnect();
            case DELETE -> onRemove();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void showSelected() {
        ConnectionRow row = model.selectedProperty().get();
        connectSaved.setDisable(!model.canConnect());
        testSaved.setDisable(row == null || !model.canTest(row));
        changeSaved.setDisable(row == null || row.embedded());
        removeSaved.setDisable(row == null || row.embedded());
    }

    @FXML
    void onConnect() {
        model.connect();
    }

    @FXML
    void onTest() {
        model.test();
    }

    @FXML
    void onChange() {
        form.change();
    }

    @FXML
    void onRemove() {
        model.askRemove();
    }

    @FXML
    void onConfirmRemove() {
        model.remove();
    }

    @FXML
    void onKeep() {
        model.keep();
    }

    @FXML
    void onConfirmLoad() {
        model.connector().change().confirm();
    }

    @FXML
    void onKeepLoad() {
        model.connector().change().cancel();
    }
}
