package dev.memfuse.console.memory.knowledge;

import java.util.List;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.Message;
import org.jspecify.annotations.Nullable;

/// Binds the episodes of a user to their view model.
public final class EpisodesController {
    @FXML
    private StatePane states;
    @FXML
    private CheckBox sessionOnly;
    @FXML
    private TableView<Episode> table;
    @FXML
    private ScrollPane detail;
    @FXML
    private Label title;
    @FXML
    private Label summary;
    @FXML
    private GridPane properties;
    @FXML
    private VBox sources;

    private final EpisodesModel model;

    public EpisodesController(EpisodesModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        states.stateProperty().bind(model.stateProperty());
        sessionOnly.selectedProperty().bindBidirectional(model.sessionOnlyProperty());
        TableColumn<Episode, String> time = Columns.text("Time", one -> Formats.moment(one.startedAt()));
        time.setMinWidth(128);
        time.setMaxWidth(150);
        TableColumn<Episode, String> name = Columns.text("Title", Episode::title);
        name.setPrefWidth(320);
        TableColumn<Episode, String> count = Columns.number("Messages",
                one -> Formats.count(one.messageIds().size()));
        count.setMinWidth(78);
        count.setMaxWidth(90);
        table.getColumns().setAll(List.of(time, name, count));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setItems(model.episodes());
        table.getSelectionModel().selectedItemProperty()
                .addListener((_, _, episode) -> model.selectedProperty().set(episode));
        model.selectedProperty().subscribe(this::show);
        model.sources().addListener((ListChangeListener<Message>) _ -> sources.getChildren()
                .setAll(SourceList.of(model.sources(), model::showInConversation)));
    }

    private void show(@Nullable Episode episode) {
        Visibility.set(detail, episode != null);
        if (episode == null) {
            return;
        }
        title.setText(episode.title());
        summary.setText(episode.summary());
        NameValueGrid grid = new NameValueGrid(properties);
        grid.add("Time", Formats.moment(episode.startedAt()) + " to " + Formats.moment(episode.endedAt()));
        grid.add("Written by", switch (episode.method()) {
            case EXTRACTIVE -> "sentences selected from the messages";
            case LANGUAGE_MODEL -> "a language model";
        });
        grid.add("Model", episode.model());
    }

    @FXML
    void onRefresh() {
        model.refresh();
    }
}
