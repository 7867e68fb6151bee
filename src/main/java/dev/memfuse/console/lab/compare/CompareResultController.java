package dev.memfuse.console.lab.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.console.lab.export.ExportButton;
import dev.memfuse.lab.compare.report.ComparisonFiles;
import dev.memfuse.lab.paired.Decision;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The result of a comparison: verdict, forest plot, pairs, costs, and how it was measured.
public final class CompareResultController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    /// Padding of a cell, left and right together.
    private static final double CELL_PADDING = 16;
    /// Width in pixels from which the plots are side by side.
    private static final double BESIDE_FROM = 900;
    private static final double FOREST = 104;

    @FXML
    private ExportButton export;
    @FXML
    private Label verdict;
    @FXML
    private FontIcon verdictIcon;
    @FXML
    private VBox recall;
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
    private GridPane plots;
    @FXML
    private VBox spectraCard;
    @FXML
    private ComparePairsController pairsController;
    @FXML
    private CompareSpectraController spectraController;
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
        Visibility.bind(keep, model.experiment().endedProperty().isNotNull());
        Visibility.bind(revert, model.keptProperty().isNotNull());
        keep.disableProperty().bind(model.keptProperty().isNotNull());
        plots.widthProperty().subscribe(_ -> {
            // The width changes during layout, when the children must not change.
            FxThread.EXECUTOR.execute(this::arrangePlots);
        });
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
        recall.getChildren().setAll(result.recall().stream().map(CompareResultController::sentence).toList());
        WarningLines.show(warnings, result.warnings());
        Visibility.set(warnings, !result.warnings().isEmpty());
        forestHint.setText(String.format(Locale.ROOT,
                "Ratio of B to A with its 95 %% interval; a wider interval is less certain. Band: differences below "
                        + "%.0f %% do not matter.",
                result.margin() * 100));
        fill(metrics, result.metrics(), result);
        fill(costs, result.costs(), result);
        pairsController.show(result.pairs());
        spectraController.show(result.spectra());
        Visibility.set(spectraCard, !result.spectra().isEmpty());
        arrangePlots();
        export.offer("comparison", plots.getParent(), ComparisonFiles.of(result.source(), result.margin()),
                model.files());
        differences.getChildren().setAll(result.differences().stream().map(CompareResultController::line).toList());
        NameValueGrid grid = new NameValueGrid(design);
        result.design().forEach(grid::add);
    }

    /// Puts the plots side by side, or one below the other.
    private void arrangePlots() {
        boolean beside = spectraCard.isManaged() && plots.getWidth() >= BESIDE_FROM;
        GridPane.setConstraints(spectraCard, beside ? 1 : 0, beside ? 0 : 1);
        plots.getColumnConstraints().setAll(Stream.generate(ColumnConstraints::new).limit(beside ? 2 : 1).toList());
        plots.getColumnConstraints().forEach(column -> column.setPercentWidth(beside ? 50 : 100));
    }

    private static Label sentence(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        return label;
    }

    private static Label line(String text) {
        Label label = sentence(text);
        label.getStyleClass().add("difference-line");
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
        limit(metric, 98, 180);
        limit(a, 92, 140);
        limit(b, 92, 140);
        limit(ratio, 138, 180);
        limit(verdict, 128, 180);
        table.getColumns().setAll(List.of(metric, a, b, ratio, forest(result), verdict));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.getItems().setAll(rows);
        Columns.fitHeight(table, rows.size());
    }

    private static void limit(TableColumn<?, ?> column, double min, double max) {
        column.setMinWidth(min);
        column.setMaxWidth(max);
    }

    private static TableColumn<MetricRow, MetricRow> forest(ResultView result) {
        TableColumn<MetricRow, MetricRow> forest = new TableColumn<>();
        RatioAxis axis = new RatioAxis(result.scale());
        axis.prefWidthProperty().bind(forest.widthProperty().subtract(CELL_PADDING));
        forest.setGraphic(axis);
        forest.setSortable(false);
        forest.setReorderable(false);
        forest.setMinWidth(FOREST);
        forest.setPrefWidth(FOREST * 5);
        forest.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        forest.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable MetricRow row, boolean empty) {
                super.updateItem(row, empty);
                setGraphic(empty || row == null
                        ? null
                        : new IntervalBar(row.estimate(), result.margin(), result.scale()));
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
