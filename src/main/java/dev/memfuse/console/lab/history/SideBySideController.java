package dev.memfuse.console.lab.history;

import java.util.List;
import java.util.Locale;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.load.recording.Figure;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.SideBySide;
import org.jspecify.annotations.Nullable;

/// Two recordings side by side, marked as not paired.
public final class SideBySideController {
    @FXML
    private Label unpaired;
    @FXML
    private Label a;
    @FXML
    private Label b;
    @FXML
    private VBox settings;
    @FXML
    private TableView<SideBySide.Row> figures;

    private final HistoryViewModel model;

    SideBySideController(HistoryViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        unpaired.setText(SideBySide.UNPAIRED);
        List<TableColumn<SideBySide.Row, String>> columns = List.of(
                Columns.text("Figure", SideBySide.Row::title), Columns.number("A", row -> text(row.a())),
                Columns.number("B", row -> text(row.b())), Columns.number("B/A", SideBySideController::ratio));
        columns.forEach(column -> column.setMinWidth(90));
        columns.getFirst().setPrefWidth(260);
        figures.getColumns().setAll(columns);
        figures.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        model.sideBySideProperty().subscribe(this::show);
    }

    private static String text(@Nullable Figure figure) {
        return figure == null ? Formats.NONE : figure.text();
    }

    private static String ratio(SideBySide.Row row) {
        return row.ratio().isPresent()
                ? String.format(Locale.ROOT, "%.3f", row.ratio().getAsDouble())
                : Formats.NONE;
    }

    private void show(@Nullable SideBySide both) {
        if (both != null) {
            a.setText("A: " + describe(both.a()));
            b.setText("B: " + describe(both.b()));
            settings.getChildren().setAll(both.settings().stream().map(change -> {
                Label line = new Label(change.toString());
                line.getStyleClass().add("difference-line");
                line.setWrapText(true);
                return line;
            }).toList());
            figures.getItems().setAll(both.rows());
            Columns.fitHeight(figures, both.rows().size());
        }
    }

    private static String describe(Manifest manifest) {
        return manifest.name() + ", " + Formats.moment(manifest.startedAt()) + ". " + manifest.sentence();
    }
}
