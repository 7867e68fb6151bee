package dev.memfuse.console.settings;

import java.util.List;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;

import dev.memfuse.console.fx.Columns;

/// The shortcuts on the Settings page. Enter on a row waits for the new keys; Esc keeps the shortcut, Backspace takes
/// it away.
public final class KeysController {
    private static final int SHOWN = 12;

    @FXML
    private TableView<KeyRow> keys;
    @FXML
    private Label keysMessage;
    @FXML
    private Button changeKeys;
    @FXML
    private Button removeKeys;
    @FXML
    private Button resetKeys;
    @FXML
    private Button resetAll;

    private final KeysViewModel model;

    KeysController(KeysViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        TableColumn<KeyRow, String> shortcut = Columns.width(Columns.text("Shortcut", KeyRow::keys), 150, 170);
        shortcut.getStyleClass().add("key-column");
        keys.getColumns().setAll(List.of(Columns.width(Columns.text("Action", KeyRow::title), 200, 2_000),
                Columns.width(Columns.text("Page", KeyRow::page), 100, 140), shortcut));
        keys.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        keys.setItems(model.rows());
        Columns.fitHeight(keys, SHOWN);
        keys.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        keys.setOnMouseClicked(click -> {
            if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                model.await();
            }
        });
        keys.focusedProperty().subscribe(focused -> {
            if (!focused && !changeKeys.isFocused()) {
                model.keep();
            }
        });
        keys.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (row != null) {
                model.select(row.id());
            }
        });
        model.selectedProperty().subscribe(id -> keys.getItems().stream().filter(row -> row.id().equals(id)).findFirst()
                .ifPresent(keys.getSelectionModel()::select));
        keysMessage.textProperty().bind(model.messageProperty());
        changeKeys.disableProperty().bind(model.selectedProperty().isEmpty());
        removeKeys.disableProperty().bind(model.removableProperty().not());
        resetKeys.disableProperty().bind(model.resettableProperty().not());
        resetAll.disableProperty().bind(model.changedProperty().not());
    }

    private void press(KeyEvent event) {
        if (!model.waitingProperty().get()) {
            if (event.getCode() == KeyCode.ENTER) {
                model.await();
                event.consume();
            }
            return;
        }
        event.consume();
        if (event.getCode() == KeyCode.ESCAPE) {
            model.keep();
        } else if (event.getCode() == KeyCode.BACK_SPACE && !event.isShortcutDown()) {
            model.clear();
        } else {
            KeyCapture.of(event).ifPresent(model::assign);
        }
    }

    @FXML
    void onChange() {
        keys.requestFocus();
        model.await();
    }

    @FXML
    void onRemove() {
        model.clear();
    }

    @FXML
    void onReset() {
        model.reset();
    }

    @FXML
    void onResetAll() {
        model.resetAll();
    }
}
