package dev.memfuse.console.settings;

import java.util.Optional;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

/// The shortcuts on the Settings page. The button of a shortcut waits for keys when it is pressed; Esc keeps the
/// shortcut and Backspace takes it away.
public final class KeysController {
    private static final String WAITING = "Press keys, Esc or Backspace";

    @FXML
    private GridPane grid;
    @FXML
    private Label message;
    @FXML
    private Button resetAll;

    private final KeysViewModel model;
    private @Nullable Button waiting;

    KeysController(KeysViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        message.textProperty().bind(model.messageProperty());
        resetAll.disableProperty().bind(model.changedProperty().not());
        model.rows().addListener((ListChangeListener<KeyRow>) _ -> show());
        show();
    }

    private void show() {
        String focused = grid.getScene() != null && grid.getScene().getFocusOwner() instanceof Button button
                ? String.valueOf(button.getId())
                : "";
        waiting = null;
        grid.getChildren().clear();
        int line = 0;
        for (KeyRow row : model.rows()) {
            Label title = new Label(row.title());
            title.setWrapText(true);
            Label page = new Label(row.page());
            page.getStyleClass().add("hint");
            page.setMinWidth(Region.USE_PREF_SIZE);
            Button keys = keys(row);
            Button reset = reset(row);
            grid.addRow(line++, title, page, keys, reset);
            GridPane.setHalignment(keys, HPos.RIGHT);
            if (keys.getId().equals(focused) || (reset.getId().equals(focused) && reset.isDisabled())) {
                keys.requestFocus();
            } else if (reset.getId().equals(focused)) {
                reset.requestFocus();
            }
        }
    }

    private Button keys(KeyRow row) {
        Button button = new Button(text(row));
        button.setId("keys-" + row.id());
        button.getStyleClass().addAll("small", "key-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText("Shortcut of: " + row.title() + ", "
                + (row.keys().isEmpty() ? "none" : row.keys()) + ". Change it");
        button.setOnAction(_ -> await(button));
        button.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (button.equals(waiting)) {
                event.consume();
                press(row, event);
            }
        });
        button.focusedProperty().subscribe(focused -> {
            if (!focused && button.equals(waiting)) {
                end(button, row);
            }
        });
        return button;
    }

    private static String text(KeyRow row) {
        return row.keys().isEmpty() ? "None" : row.keys();
    }

    private void await(Button button) {
        waiting = button;
        button.setText(WAITING);
    }

    private void end(Button button, KeyRow row) {
        waiting = null;
        button.setText(text(row));
    }

    private void press(KeyRow row, KeyEvent event) {
        Button button = waiting;
        if (button == null) {
            return;
        }
        if (event.getCode() == KeyCode.ESCAPE) {
            end(button, row);
        } else if (event.getCode() == KeyCode.BACK_SPACE && !event.isShortcutDown()) {
            end(button, row);
            model.clear(row.id());
        } else {
            Optional.of(event).flatMap(KeyCapture::of).ifPresent(keys -> {
                end(button, row);
                model.assign(row.id(), keys);
            });
        }
    }

    private Button reset(KeyRow row) {
        Button button = new Button("Reset");
        button.setId("reset-" + row.id());
        button.getStyleClass().addAll("small", "flat");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText("Reset the shortcut of: " + row.title());
        button.setDisable(!row.chosen());
        button.setOnAction(_ -> model.reset(row.id()));
        return button;
    }

    @FXML
    void onResetAll() {
        model.resetAll();
    }
}
