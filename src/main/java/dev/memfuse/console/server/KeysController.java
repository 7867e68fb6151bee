package dev.memfuse.console.server;

import java.util.List;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Question;
import dev.memfuse.console.fx.TextClipboard;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.ApiKeys.ApiKey;

/// Binds the keys to their view model.
public final class KeysController {
    private static final int SHOWN = 6;

    @FXML
    private TextField user;
    @FXML
    private TextField name;
    @FXML
    private Button show;
    @FXML
    private Button create;
    @FXML
    private Button revoke;
    @FXML
    private TableView<ApiKey> table;
    @FXML
    private VBox newKey;
    @FXML
    private TextField text;
    @FXML
    private Button copy;
    @FXML
    private HBox confirm;
    @FXML
    private Label question;
    @FXML
    private Button keep;
    @FXML
    private Label problem;

    private final KeysViewModel model;

    KeysController(KeysViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        user.textProperty().bindBidirectional(model.userProperty());
        user.setOnAction(_ -> model.refresh());
        name.textProperty().bindBidirectional(model.nameProperty());
        name.setOnAction(_ -> model.create());
        show.disableProperty().bind(model.busyProperty());
        create.disableProperty().bind(model.busyProperty());
        revoke.disableProperty()
                .bind(model.busyProperty().or(table.getSelectionModel().selectedItemProperty().isNull()));
        table.getColumns()
                .setAll(List.of(Columns.width(Columns.text("Name", key -> key.name().orElse(Formats.NONE)), 120, 2_000),
                        Columns.width(Columns.text("Id", key -> key.id().toString()), 270, 2_000),
                        Columns.width(Columns.text("Created", key -> Formats.moment(key.createdAt())), 120, 2_000),
                        Columns.width(
                                Columns.text("Expires", key -> key.expiresAt().map(Formats::moment).orElse("never")),
                                90, 2_000)));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.setItems(model.keys());
        Columns.placeholder(table, "No keys of this kind.");
        Columns.fitHeight(table, 1);
        model.keys().addListener((ListChangeListener<ApiKey>) _ -> Columns.fitHeight(table,
                Math.clamp(model.keys().size(), 1, SHOWN)));
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DELETE) {
                onRevoke();
                event.consume();
            }
        });
        text.textProperty().bind(model.createdProperty());
        Visibility.bind(newKey, model.createdProperty().isNotEmpty());
        model.createdProperty().subscribe(now -> {
            if (!now.isEmpty()) {
                copy.requestFocus();
            }
        });
        Question.bind(model.questionProperty(), question, confirm, keep, table);
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
    }

    @FXML
    void onShow() {
        model.refresh();
    }

    @FXML
    void onCreate() {
        model.create();
    }

    @FXML
    void onCopy() {
        TextClipboard.copy(model.createdProperty().get());
    }

    @FXML
    void onHide() {
        model.forget();
        table.requestFocus();
    }

    @FXML
    void onRevoke() {
        ApiKey selected = table.getSelectionModel().getSelectedItem();
        if (selected != null) {
            model.askRevoke(selected);
        }
    }

    @FXML
    void onConfirm() {
        model.revoke();
    }

    @FXML
    void onKeep() {
        model.keep();
    }
}
