package dev.memfuse.console.lab.compare;

import java.util.List;
import java.util.Locale;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.lab.compare.Decision;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The result of a comparison: verdict, forest plot, pairs, costs, and how it was measured.
public final class CompareResultController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    /// Padding of a cell, left and right together.
    private static final double CELL_PADDING = 16;
    private static final double FOREST = 140;

    @FXML
    private Label verdict;
    @FXML
    private FontIcon verdictIcon;
    @FXML
    private Label arms;
    @FXML
    private VBox warnings;
    @FXML
    private Button keep;
    @FXML
    private Button revert;
    @FXML
    private Label forestHint;
    @FXML
    private TableView<MetricRow> metrics;
    @FXML
    private PairPlot plot;
    @FXML
    private Label readout;
    @FXML
    private TableView<MetricRow> costs;
    @FXML
    private VBox differences;
    @FXML
    private GridPane design;

    private final CompareViewModel model;

    CompareResultController(CompareViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        model.resultProperty().subscribe(this::show);
        Visibility.bind(revert, model.keptProperty().isNotNull());
        keep.disableProperty().bind(model.keptProperty().isNotNull());
        readout.textProperty().bind(plot.readoutProperty());
        // The focus would be lost with the button that was pressed.
        model.keptProperty().subscribe((_, kept) -> (kept == null ? keep : revert).requestFocus());
    }

    private void show(@Nullable ResultView result) {
        if (result == null) {
            return;
        }
        verdict.setText(result.sentence());
        verdict.pseudoClassStateChanged(GOOD, result.decision() == Decision.BETTER);
        verdict.pseudoClassStateChanged(BAD, result.decision() == Decision.WORSE);
        verdictIcon.setIconLiteral(switch (result.decision()) {
            case BETTER -> Icons.OK;
            case SAME -> Icons.INFO;
            case WORSE -> Icons.ERROR;
            case NOT_ENOUGH -> Icons.WARNING;
        });
        arms.setText(result.arms());
        WarningLines.show(warnings, result.warnings());
        Visibility.set(warnings, !result.warnings().isEmpty());
        forestHint.setText(String.format(Locale.ROOT,
                "Ratio of B to A with its 95 %% interval; a wider interval is less certain. Band: differences below "
                        + "%.0f %% do not matter.",
                result.margin() * 100));
        fill(metrics, result.metrics(), result);
        fill(costs, result.costs(), result);
        plot.show(result.pairs());
        differences.getChildren().setAll(result.differences().stream().map(CompareResultController::line).toList());
        NameValueGrid grid = new NameValueGrid(design);
        result.design().forEach(grid::add);
    }

    private static Label line(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("difference-line");
        label.setWrapText(true);
        return label;
    }

    private static void fill(TableView<MetricRow> table, List<MetricRow> rows, ResultView result) {
        TableColumn<MetricRow, String> metric = Columns.text("Metric", MetricRow::metric);
        metric.setCellFactory(_ -> new MetricCell());
        TableColumn<MetricRow, String> a = Columns.number("A", MetricRow::a);
        TableColumn<MetricRow, String> b = Columns.number("B", MetricRow::b);
        TableColumn<MetricRow, String> ratio = Columns.number("B/A, interval", MetricRow::ratio);
        TableColumn<MetricRow, String> verdict = Columns.text("Verdict", MetricRow::verdict);
        verdict.setCellFactory(_ -> new MetricCell());
        metric.getStyleClass().add("metric-column");
        verdict.getStyleClass().add("verdict-column");
        metric.setMinWidth(96);
        a.setMinWidth(84);
        b.setMinWidth(84);
        ratio.setMinWidth(140);
        verdict.setMinWidth(124);
        table.getColumns().setAll(List.of(metric, a, b, ratio, forest(result), verdict));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
        table.getItems().setAll(rows);
        Columns.fitHeight(table, rows.size());
    }

    private static TableColumn<MetricRow, MetricRow> forest(ResultView result) {
        TableColumn<MetricRow, MetricRow> forest = new TableColumn<>();
        RatioAxis axis = new RatioAxis(result.scale());
        axis.prefWidthProperty().bind(forest.widthProperty().subtract(CELL_PADDING));
        forest.setGraphic(axis);
        forest.setSortable(false);
        forest.setReorderable(false);
        forest.setMinWidth(FOREST);
        forest.setPrefWidth(FOREST * 3);
        forest.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        forest.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable MetricRow row, boolean empty) {
                super.updateItem(row, empty);
                setGraphic(empty || row == null ? null : new IntervalBar(row.estimate(), result.margin(), result.scale()));
            }
        });
        return forest;
    }

    @FXML
    void onKeep() {
        model.keep();
    }

    @FXML
    void onRevert() {
        model.revert();
    }
}
