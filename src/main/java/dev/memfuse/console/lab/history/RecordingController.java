package dev.memfuse.console.lab.history;

import java.util.List;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.GridPane;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.load.recording.Figure;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingEntry;

/// The selected recording: verdict, figures, and its name, note and tags to edit.
public final class RecordingController {
    private static final int SHOWN = 8;

    @FXML
    private Label verdict;
    @FXML
    private TextField name;
    @FXML
    private TextField tags;
    @FXML
    private TextArea note;
    @FXML
    private ToggleButton pin;
    @FXML
    private GridPane facts;
    @FXML
    private TableView<Figure> figures;

    private final HistoryViewModel model;

    RecordingController(HistoryViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        name.textProperty().bindBidirectional(model.form().nameProperty());
        tags.textProperty().bindBidirectional(model.form().tagsProperty());
        note.textProperty().bindBidirectional(model.form().noteProperty());
        figures.getColumns()
                .setAll(List.of(Columns.text("Figure", Figure::title), Columns.number("Value", Figure::text)));
        figures.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        pin.setOnAction(_ -> model.pin(pin.isSelected()));
        model.selectedProperty().subscribe(this::show);
    }

    private void show(List<HistoryRow> selected) {
        if (selected.size() != 1
                || !(selected.getFirst().entry() instanceof RecordingEntry.Intact(Manifest manifest, long _))) {
            return;
        }
        verdict.setText(manifest.sentence());
        pin.setSelected(manifest.pinned());
        pin.setText(manifest.pinned() ? "Pinned" : "Pin");
        NameValueGrid about = new NameValueGrid(facts);
        about.add("from", Formats.moment(manifest.startedAt()));
        about.add("to", Formats.moment(manifest.endedAt()));
        if (manifest.kind().hasSeed()) {
            about.add("seed", Long.toString(manifest.seed()));
        }
        about.add("program", manifest.programVersion());
        about.add("folder", model.place(manifest));
        figures.getItems().setAll(manifest.figures());
        Columns.fitHeight(figures, Math.clamp(manifest.figures().size(), 1, SHOWN));
    }

    @FXML
    void onSave() {
        model.save();
    }
}
