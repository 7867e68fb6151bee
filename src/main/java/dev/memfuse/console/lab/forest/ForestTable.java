package dev.memfuse.console.lab.forest;

import java.util.List;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.CutText;
import org.jspecify.annotations.Nullable;

/// Fills tables of metrics with a forest plot as a column. FX thread only.
public final class ForestTable {
    /// Padding of a cell, left and right together.
    private static final double CELL_PADDING = 16;
    private static final double FOREST = 84;

    private ForestTable() {}

    /// Fills a table, as high as its rows.
    ///
    /// @param scale scale of the plot
    /// @param margin smallest relative difference that matters
    public static void fill(TableView<MetricRow> table, List<MetricRow> rows, RatioScale scale, double margin) {
        TableColumn<MetricRow, String> metric = Columns.text("Metric", MetricRow::metric);
        metric.setCellFactory(_ -> CutText.explain(new MetricCell()));
        TableColumn<MetricRow, String> a = Columns.number("A", MetricRow::a);
        TableColumn<MetricRow, String> b = Columns.number("B", MetricRow::b);
        TableColumn<MetricRow, String> ratio = Columns.number("B/A, interval", MetricRow::ratio);
        TableColumn<MetricRow, String> verdict = Columns.text("Verdict", MetricRow::verdict);
        verdict.setCellFactory(_ -> CutText.explain(new MetricCell()));
        metric.getStyleClass().add("metric-column");
        verdict.getStyleClass().add("verdict-column");
        limit(metric, 118, 220);
        limit(a, 92, 140);
        limit(b, 92, 140);
        limit(ratio, 138, 180);
        limit(verdict, 128, 180);
        // The longest names fit wherever the plot leaves room for them.
        metric.setPrefWidth(160);
        table.getColumns().setAll(List.of(metric, a, b, ratio, forest(scale, margin), verdict));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.getItems().setAll(rows);
        Columns.fitHeight(table, rows.size());
    }

    private static void limit(TableColumn<?, ?> column, double min, double max) {
        column.setMinWidth(min);
        column.setMaxWidth(max);
    }

    private static TableColumn<MetricRow, MetricRow> forest(RatioScale scale, double margin) {
        TableColumn<MetricRow, MetricRow> forest = new TableColumn<>();
        RatioAxis axis = new RatioAxis(scale);
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
                setGraphic(empty || row == null ? null : new IntervalBar(row.estimate(), row.shown(), margin, scale));
            }
        });
        return forest;
    }
}
