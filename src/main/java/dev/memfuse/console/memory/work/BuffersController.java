package dev.memfuse.console.memory.work;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.Inspection.BufferedUser;
import dev.memfuse.engine.Message;

/// Binds the buffers to their view model.
public final class BuffersController {
    @FXML
    private StatePane states;
    @FXML
    private Label summary;
    @FXML
    private Label problem;
    @FXML
    private TableView<BufferedUser> users;
    @FXML
    private VBox detail;
    @FXML
    private Label detailTitle;
    @FXML
    private TableView<Message> messages;

    private final BuffersModel model;

    public BuffersController(BuffersModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        states.stateProperty().bind(model.stateProperty());
        summary.textProperty().bind(model.summaryProperty());
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
        TableColumn<BufferedUser, String> name = Columns.text("User",
                user -> user.name().isEmpty() ? user.userId().toString() : user.name());
        name.setPrefWidth(220);
        users.getColumns().setAll(List.of(name,
                number("Round buffer", user -> Formats.count(user.roundBuffer())),
                number("Hybrid buffer", user -> Formats.count(user.hybridBuffer())),
                number("In flight", user -> Formats.count(user.inFlight())),
                number("Sessions", user -> Formats.count(user.sessions()))));
        users.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        users.setItems(model.users());
        users.getSelectionModel().selectedItemProperty().addListener((_, _, user) -> {
            if (user != null && !user.equals(model.selectedProperty().get())) {
                model.selectedProperty().set(user);
                model.refresh();
            }
        });
        model.selectedProperty().subscribe(user -> {
            Visibility.set(detail, user != null);
            if (user != null) {
                detailTitle.setText("Messages of " + (user.name().isEmpty() ? user.userId() : user.name()));
                if (!Objects.equals(user, users.getSelectionModel().getSelectedItem())) {
                    users.getSelectionModel().select(user);
                }
            }
        });
        TableColumn<Message, String> buffer = Columns.text("Buffer", message -> switch (message.origin()) {
            case ROUND_BUFFER -> "Round";
            case HYBRID_BUFFER -> "Hybrid";
            case IN_FLIGHT -> "In flight";
            case DATABASE -> "Stored";
        });
        buffer.setMinWidth(70);
        buffer.setMaxWidth(90);
        TableColumn<Message, String> time = Columns.text("Time", message -> Formats.moment(message.createdAt()));
        time.setMinWidth(128);
        time.setMaxWidth(150);
        TableColumn<Message, String> text = Columns.text("Text", Message::content);
        text.setPrefWidth(320);
        messages.getColumns().setAll(List.of(buffer, time, text));
        messages.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        messages.setItems(model.messages());
        messages.setPlaceholder(new Label("Their texts are in the journal only."));
    }

    private static TableColumn<BufferedUser, String> number(String title,
            Function<BufferedUser, String> value) {
        TableColumn<BufferedUser, String> column = Columns.number(title, value);
        return Columns.width(column, 76, 120);
    }

    @FXML
    void onStore() {
        model.storeNow();
    }
}
