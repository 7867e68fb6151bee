package dev.memfuse.console.memory;

import java.util.List;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.TextClipboard;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;

/// Binds the conversation to its view model.
public final class ConversationController {
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination SEND = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);

    @FXML
    private Label title;
    @FXML
    private ProgressBar loading;
    @FXML
    private Button older;
    @FXML
    private Button newer;
    @FXML
    private Button reload;
    @FXML
    private Label notice;
    @FXML
    private Label problem;
    @FXML
    private ListView<MessageRow> messages;
    @FXML
    private VBox adding;
    @FXML
    private ComboBox<Role> role;
    @FXML
    private TextArea text;
    @FXML
    private Button add;

    private final UsersModel users;
    private final ConversationModel model;

    ConversationController(MemoryViewModel page) {
        users = page.users();
        model = page.conversation();
    }

    @FXML
    void initialize() {
        users.sessionProperty().subscribe(this::showTitle);
        showTitle();
        messages.setItems(model.rows());
        messages.setCellFactory(_ -> new MessageCell());
        messages.setOnKeyPressed(this::pressed);
        Label placeholder = new Label();
        placeholder.getStyleClass().add("hint");
        placeholder.setWrapText(true);
        placeholder.textProperty().bind(users.sessionProperty().map(_ -> "No messages yet.")
                .orElse("Choose a user and a session to read the conversation."));
        messages.setPlaceholder(placeholder);
        messages.getSelectionModel().selectedItemProperty()
                .addListener((_, _, row) -> model.selectedProperty().set(row));
        model.selectedProperty().subscribe(row -> {
            if (row != null && !row.equals(messages.getSelectionModel().getSelectedItem())) {
                messages.getSelectionModel().select(row);
                messages.scrollTo(Math.max(0, model.rows().indexOf(row) - 2));
            }
        });
        model.rows().addListener((ListChangeListener<MessageRow>) this::changed);
        Visibility.bind(loading, model.loadingProperty());
        older.disableProperty().bind(model.olderProperty().not().or(model.loadingProperty()));
        newer.disableProperty().bind(model.newerProperty().not().or(model.loadingProperty()));
        reload.disableProperty().bind(users.sessionProperty().isNull());
        notice.textProperty().bind(model.noticeProperty());
        Visibility.whileFilled(notice);
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
        role.getItems().setAll(Role.values());
        role.setConverter(new RoleLabels());
        role.setValue(Role.USER);
        adding.disableProperty().bind(users.sessionProperty().isNull());
        add.disableProperty().bind(text.textProperty().map(String::isBlank).orElse(true));
        text.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (SEND.match(event)) {
                onAdd();
                event.consume();
            }
        });
    }

    private void showTitle() {
        Session session = users.sessionProperty().get();
        title.setText(session == null ? "No session is chosen" : session.name());
    }

    /// Keeps what was read in view: the newest message after a reading of the end, the first one before after an older
    /// page was added in front.
    private void changed(ListChangeListener.Change<? extends MessageRow> change) {
        while (change.next()) {
            boolean all = change.getAddedSize() == model.rows().size();
            if (all && model.selectedProperty().get() == null) {
                messages.scrollTo(model.rows().size() - 1);
            } else if (change.getFrom() == 0 && change.wasAdded() && !all) {
                messages.scrollTo(change.getAddedSize());
            }
        }
    }

    private void pressed(KeyEvent event) {
        MessageRow row = messages.getSelectionModel().getSelectedItem();
        if (COPY.match(event) && row != null) {
            TextClipboard.copy(row.message().content());
            event.consume();
        } else if (List.of(KeyCode.HOME, KeyCode.PAGE_UP, KeyCode.UP).contains(event.getCode())
                && messages.getSelectionModel().getSelectedIndex() == 0) {
            model.readOlder();
        }
    }

    @FXML
    void onOlder() {
        model.readOlder();
    }

    @FXML
    void onNewer() {
        model.readNewer();
    }

    @FXML
    void onReload() {
        model.reload();
    }

    @FXML
    void onAdd() {
        model.add(role.getValue(), text.getText(), text::clear);
    }
}
