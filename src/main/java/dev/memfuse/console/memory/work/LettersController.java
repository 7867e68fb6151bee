package dev.memfuse.console.memory.work;

import java.util.List;

import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Question;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.memory.work.LettersModel.Letter;

/// Binds the dead letters to their view model.
public final class LettersController {
    @FXML
    private StatePane states;
    @FXML
    private TableView<Letter> table;
    @FXML
    private Button retry;
    @FXML
    private Button discard;
    @FXML
    private HBox confirm;
    @FXML
    private Label question;
    @FXML
    private Button keep;
    @FXML
    private Label outcome;
    @FXML
    private TextArea texts;

    private final LettersModel model;

    public LettersController(LettersModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        states.stateProperty().bind(model.stateProperty());
        TableColumn<Letter, String> reason = Columns.text("Reason", Letter::reason);
        reason.setPrefWidth(320);
        table.getColumns().setAll(List.of(Columns.width(Columns.text("Refused", Letter::refused), 128, 166),
                Columns.width(Columns.number("Messages", letter -> Formats.count(letter.messages())), 78, 101),
                Columns.width(Columns.number("Size", Letter::size), 78, 101), reason));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setItems(model.letters());
        table.getSelectionModel().selectedItemProperty().addListener((_, _, letter) -> texts.setText(letter == null
                ? ""
                : "User " + letter.userId() + (letter.session().isEmpty() ? "" : ", session " + letter.session())
                        + "\n" + letter.reason() + "\n\n" + letter.texts()));
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DELETE) {
                onDiscard();
                event.consume();
            }
        });
        var none = Bindings.isEmpty(table.getSelectionModel().getSelectedItems()).or(model.busyProperty());
        retry.disableProperty().bind(none);
        discard.disableProperty().bind(none);
        Question.bind(model.questionProperty(), question, confirm, keep, table);
        outcome.textProperty().bind(model.outcomeProperty());
        Visibility.whileFilled(outcome);
    }

    @FXML
    void onRetry() {
        model.retry(List.copyOf(table.getSelectionModel().getSelectedItems()));
    }

    @FXML
    void onDiscard() {
        model.askDiscard(List.copyOf(table.getSelectionModel().getSelectedItems()));
    }

    @FXML
    void onConfirm() {
        model.discard();
    }

    @FXML
    void onKeep() {
        model.keep();
    }
}
