package dev.memfuse.console.memory;

import java.time.Duration;
import java.util.function.Function;

import javafx.beans.property.ObjectProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FxDebouncer;
import dev.memfuse.console.fx.SaveDialog;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import org.jspecify.annotations.Nullable;

/// Binds the lists of users and sessions, and the actions on a user, to their view models.
public final class UsersController {
    private static final Duration TYPING = Duration.ofMillis(250);

    @FXML
    private TextField userSearch;
    @FXML
    private ListView<User> users;
    @FXML
    private Button moreUsers;
    @FXML
    private Label usersProblem;
    @FXML
    private TextField sessionSearch;
    @FXML
    private ListView<Session> sessions;
    @FXML
    private Button moreSessions;
    @FXML
    private Label sessionsProblem;
    @FXML
    private Button export;
    @FXML
    private Button cancelExport;
    @FXML
    private Button delete;
    @FXML
    private VBox confirm;
    @FXML
    private Label question;
    @FXML
    private TextField typedName;
    @FXML
    private Button confirmDelete;
    @FXML
    private Label outcome;
    @FXML
    private Label problem;

    private final UsersModel model;
    private final UserActionsModel actions;
    private final SaveDialog files;

    UsersController(MemoryViewModel page, SaveDialog files) {
        model = page.users();
        actions = page.actions();
        this.files = files;
    }

    @FXML
    void initialize() {
        userSearch.textProperty().bindBidirectional(model.userPartProperty());
        FxDebouncer typingUser = new FxDebouncer(TYPING, model::refresh);
        userSearch.textProperty().addListener(_ -> typingUser.request());
        sessionSearch.textProperty().bindBidirectional(model.sessionPartProperty());
        FxDebouncer typingSession = new FxDebouncer(TYPING, model::refreshSessions);
        sessionSearch.textProperty().addListener(_ -> typingSession.request());
        sessionSearch.disableProperty().bind(model.userProperty().isNull());
        bind(users, model.users(), model.userProperty(), moreUsers, usersProblem, User::name,
                user -> user.name() + "\nCreated " + Formats.moment(user.createdAt()) + "\n" + user.id());
        bind(sessions, model.sessions(), model.sessionProperty(), moreSessions, sessionsProblem, Session::name,
                session -> session.name() + "\nCreated " + Formats.moment(session.createdAt()) + "\n"
                        + session.key().sessionId());
        Label noUser = hint("No user has such a name.");
        users.setPlaceholder(noUser);
        Label noSession = hint("");
        model.userProperty()
                .subscribe(user -> noSession.setText(user == null ? "Choose a user." : "No session."));
        sessions.setPlaceholder(noSession);
        bindActions();
    }

    private static Label hint(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("hint");
        label.setWrapText(true);
        return label;
    }

    private static <T> void select(ListView<T> list, T item) {
        int index = list.getItems().indexOf(item);
        if (index < 0) {
            list.getSelectionModel().select(item);
        } else if (index != list.getSelectionModel().getSelectedIndex()) {
            list.getSelectionModel().select(index);
            list.scrollTo(index);
        }
    }

    private static <T> void bind(ListView<T> list, PagedList<T> pages, ObjectProperty<@Nullable T> chosen, Button more,
            Label problem, Function<T, String> text, Function<T, String> details) {
        list.setItems(pages.items());
        list.setCellFactory(_ -> new ListCell<>() {
            @Override
            protected void updateItem(@Nullable T item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? null : text.apply(item));
                setTooltip(empty || item == null ? null : new Tooltip(details.apply(item)));
                // Otherwise the longest name would set the width.
                setPrefWidth(0);
            }
        });
        list.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            // A page that replaces another one clears the selection of the list.
            if (now != null || pages.items().isEmpty()) {
                chosen.set(now);
            }
        });
        chosen.subscribe(now -> {
            if (now == null) {
                list.getSelectionModel().clearSelection();
            } else {
                select(list, now);
            }
        });
        // What was chosen while the list was being read.
        pages.loadingProperty().subscribe(loading -> {
            T now = chosen.get();
            if (!loading && now != null) {
                select(list, now);
            }
        });
        Visibility.bind(more, pages.moreProperty());
        more.disableProperty().bind(pages.loadingProperty());
        more.setOnAction(_ -> pages.readMore());
        list.getSelectionModel().selectedIndexProperty().addListener((_, _, index) -> {
            if (index.intValue() >= 0 && index.intValue() == pages.items().size() - 1) {
                pages.readMore();
            }
        });
        problem.textProperty().bind(pages.problemProperty());
        Visibility.whileFilled(problem);
    }

    private void bindActions() {
        var nobody = model.userProperty().isNull();
        export.disableProperty().bind(nobody);
        Visibility.bind(export, actions.exportingProperty().not());
        Visibility.bind(cancelExport, actions.exportingProperty());
        delete.disableProperty().bind(nobody.or(actions.deletingProperty()));
        Visibility.bind(confirm, actions.doomedProperty().isNotNull());
        actions.doomedProperty().subscribe(user -> {
            question.setText(user == null
                    ? ""
                    : "Delete " + user.name() + " with all sessions, messages, episodes and facts? This cannot be "
                            + "undone. Type the name to confirm.");
            if (user != null) {
                typedName.requestFocus();
            }
        });
        typedName.textProperty().bindBidirectional(actions.typedNameProperty());
        typedName.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                onKeep();
                event.consume();
            }
        });
        confirmDelete.disableProperty().bind(actions.confirmedProperty().not());
        outcome.textProperty().bind(actions.outcomeProperty());
        Visibility.whileFilled(outcome);
        problem.textProperty().bind(actions.problemProperty());
        Visibility.whileFilled(problem);
    }

    @FXML
    void onRefresh() {
        model.refresh();
    }

    @FXML
    void onExport() {
        User user = model.userProperty().get();
        if (user != null) {
            files.choose(export.getScene().getWindow(), new SaveDialog.Proposal("Export " + user.name(),
                    "User of MemFuse", "jsonl", fileName(user.name()) + ".jsonl"))
                    .ifPresent(file -> actions.export(user, file));
        }
    }

    /// Returns a name that every file system takes.
    private static String fileName(String name) {
        String safe = name.replaceAll("[^\\p{L}\\p{N}._-]", "_");
        return safe.length() > 80 ? safe.substring(0, 80) : safe;
    }

    @FXML
    void onCancelExport() {
        actions.cancelExport();
    }

    @FXML
    void onDelete() {
        actions.askDelete(model.userProperty().get());
    }

    @FXML
    void onConfirm() {
        actions.delete();
    }

    @FXML
    void onKeep() {
        actions.keep();
        delete.requestFocus();
    }
}
