package dev.memfuse.console.lab.history;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.CutText;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Question;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.load.recording.RecordingKind;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The History page: filter and list of the recordings, and what can be done with the selected ones.
public final class HistoryController {
    private static final int SHOWN = 8;
    /// Width in pixels from which the figures have room beside the name.
    private static final double FIGURES_FROM = 760;
    private static final String EVERY_KIND = "Every kind";

    @FXML
    private TextField search;
    @FXML
    private ComboBox<Optional<RecordingKind>> kind;
    @FXML
    private CheckBox pinnedOnly;
    @FXML
    private Label retention;
    @FXML
    private StatePane states;
    @FXML
    private TableView<HistoryRow> table;
    @FXML
    private Label hint;
    @FXML
    private Button open;
    @FXML
    private Button again;
    @FXML
    private Button baseline;
    @FXML
    private Button compare;
    @FXML
    private Button export;
    @FXML
    private Button delete;
    @FXML
    private HBox confirm;
    @FXML
    private Label question;
    @FXML
    private Button keep;
    @FXML
    private Label problem;
    @FXML
    private VBox detail;
    @FXML
    private VBox both;

    private final HistoryViewModel model;
    private boolean restoring;

    HistoryController(HistoryViewModel model) {
        this.model = model;
    }

    private static String words(Optional<RecordingKind> kind) {
        return kind.map(one -> one.plural().substring(0, 1).toUpperCase(Locale.ROOT) + one.plural().substring(1))
                .orElse(EVERY_KIND);
    }

    @FXML
    void initialize() {
        showFilter();
        showTable();
        retention.textProperty().bind(model.retentionProperty());
        states.stateProperty().bind(model.stateProperty());
        Question.bind(model.questionProperty(), question, confirm, keep, table);
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
        model.selectedProperty().subscribe(this::showActions);
        Visibility.bind(both, model.sideBySideProperty().isNotNull());
    }

    private void showFilter() {
        search.textProperty().bindBidirectional(model.filter().textProperty());
        List<Optional<RecordingKind>> kinds = new ArrayList<>(List.of(Optional.empty()));
        for (RecordingKind one : RecordingKind.values()) {
            kinds.add(Optional.of(one));
        }
        kind.getItems().setAll(kinds);
        kind.setConverter(Choices.of(HistoryController::words, EVERY_KIND));
        kind.valueProperty().bindBidirectional(model.filter().kindProperty());
        pinnedOnly.selectedProperty().bindBidirectional(model.filter().pinnedProperty());
    }

    private void showTable() {
        TableColumn<HistoryRow, String> name = Columns.text("Name", HistoryRow::name);
        name.setCellFactory(_ -> CutText.explain(new NameCell()));
        TableColumn<HistoryRow, String> figures = Columns.text("Figures", HistoryRow::figures);
        List<TableColumn<HistoryRow, String>> columns = List.of(
                Columns.width(Columns.text("Time", HistoryRow::when), 128, 140),
                Columns.width(Columns.text("Kind", HistoryRow::kind), 92, 110), Columns.width(name, 140, 2_000),
                Columns.width(Columns.text("Verdict", HistoryRow::verdict), 98, 140),
                Columns.width(figures, 100, 2_000),
                Columns.width(Columns.number("Size", HistoryRow::size), 78, 96));
        name.setPrefWidth(420);
        figures.setPrefWidth(260);
        table.getColumns().setAll(columns);
        // The name needs the room of a narrow window; the figures are below, with the selected recording.
        table.widthProperty().map(width -> width.doubleValue() >= FIGURES_FROM)
                .subscribe(room -> FxThread.EXECUTOR.execute(() -> figures.setVisible(room)));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setItems(model.rows());
        table.setOnKeyPressed(this::keyPressed);
        table.setOnMouseClicked(click -> {
            if (click.getClickCount() == 2) {
                model.open();
            }
        });
        Columns.placeholder(table, "No recording matches the filter.");
        table.getSelectionModel().getSelectedItems().addListener((ListChangeListener<HistoryRow>) _ -> {
            if (!restoring) {
                model.select(List.copyOf(table.getSelectionModel().getSelectedItems()));
            }
        });
        model.rows().addListener((ListChangeListener<HistoryRow>) _ -> Columns.fitHeight(table,
                Math.clamp(model.rows().size(), 1, SHOWN)));
    }

    /// The name with a pin when retention keeps the recording, and its tags.
    private static final class NameCell extends TableCell<HistoryRow, String> {
        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            HistoryRow row = empty || getTableRow() == null ? null : getTableRow().getItem();
            setText(row == null
                    ? text
                    : row.tags().isEmpty()
                            ? row.name()
                            : row.name() + "  #" + row.tags()
                                    .replace(" ", " #"));
            setGraphic(row != null && row.pinned() ? new FontIcon(Icons.PIN) : null);
        }
    }

    private void keyPressed(KeyEvent event) {
        switch (event.getCode()) {
            case ENTER -> model.open();
            case DELETE -> model.askDelete();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void showActions(List<HistoryRow> selected) {
        restore(selected);
        boolean single = selected.size() == 1 && selected.getFirst().intact();
        open.setDisable(!single);
        export.setDisable(!single);
        again.setDisable(!model.isLoad());
        baseline.setDisable(!model.hasCourse());
        compare.setDisable(!model.two());
        delete.setDisable(selected.isEmpty());
        hint.setText(selected.isEmpty()
                ? "Select a recording to open, edit, export or delete it; two to lay them side by side."
                : selected.size() == 1 && !selected.getFirst().intact()
                        ? "It cannot be opened. " + selected.getFirst().figures()
                        : "");
        Visibility.set(hint, !hint.getText().isEmpty());
        Visibility.set(detail, single);
    }

    /// Selects in the table what is selected in the model, after the rows were read again.
    private void restore(List<HistoryRow> selected) {
        if (!table.getSelectionModel().getSelectedItems().equals(selected)) {
            restoring = true;
            table.getSelectionModel().clearSelection();
            selected.forEach(table.getSelectionModel()::select);
            restoring = false;
        }
    }

    @FXML
    void onOpen() {
        model.open();
    }

    @FXML
    void onLoadAgain() {
        model.loadAgain();
    }

    @FXML
    void onBaseline() {
        model.asBaseline();
    }

    @FXML
    void onCompare() {
        model.compare();
    }

    @FXML
    void onDelete() {
        model.askDelete();
    }

    @FXML
    void onConfirm() {
        model.delete();
    }

    @FXML
    void onKeep() {
        model.keep();
    }

    @FXML
    void onExport() {
        FileChooser chooser = chooser("File for the recording");
        chooser.setInitialFileName(model.selectedProperty().get().getFirst().id() + ".zip");
        File file = chooser.showSaveDialog(table.getScene().getWindow());
        if (file != null) {
            model.exportTo(file.toPath());
        }
    }

    @FXML
    void onImport() {
        File file = chooser("Exported recording").showOpenDialog(table.getScene().getWindow());
        if (file != null) {
            model.importFrom(file.toPath());
        }
    }

    private static FileChooser chooser(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("Recording", "*.zip"));
        return chooser;
    }
}
