package dev.memfuse.console.lab.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.console.lab.export.ExportButton;
import dev.memfuse.lab.sweep.SweepPoint;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.sweep.SweepValues;
import dev.memfuse.lab.sweep.report.SweepFiles;
import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.LittlesLaw;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import org.jspecify.annotations.Nullable;

/// The result of a sweep: finding, charts, law, table, and how it was measured.
public final class SweepResultController {
    private static final double COLUMN = 84;
    private static final double LAW = 150;
    /// Of a column that is named after a setting.
    private static final double NAMED = 180;

    @FXML
    private Label verdict;
    @FXML
    private Label when;
    @FXML
    private VBox warnings;
    @FXML
    private ExportButton export;
    @FXML
    private VBox charts;
    @FXML
    private SweepChartsController chartsController;
    @FXML
    private Label noLaw;
    @FXML
    private GridPane law;
    @FXML
    private TableView<Integer> points;
    @FXML
    private GridPane design;

    private final SweepViewModel model;

    SweepResultController(SweepViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        model.resultProperty().subscribe(this::show);
        points.widthProperty().subscribe(_ -> {
            // The width changes during layout, when the height must not change.
            FxThread.EXECUTOR.execute(this::fit);
        });
    }

    private void show(@Nullable SweepResult result) {
        if (result == null) {
            return;
        }
        verdict.setText(result.sentence());
        when.setText("Sweep of " + result.parameter()
                + (result.secondParameter() == null ? "" : " and " + result.secondParameter())
                + ", " + Formats.moment(result.startedAt()));
        List<String> limits = new ArrayList<>(result.problems());
        if (result.cancelled()) {
            limits.add("The sweep was cancelled; this covers its loads until then.");
        }
        WarningLines.show(warnings, limits);
        Visibility.set(warnings, !limits.isEmpty());
        chartsController.show(result.parameter(), result.secondParameter(), result.points(), result.law());
        SweepResult.Law fitted = result.law();
        noLaw.setText(sentence(result.noLaw()));
        Visibility.set(noLaw, fitted == null);
        NameValueGrid facts = new NameValueGrid(law);
        if (fitted != null) {
            fitted.facts(result.parameter()).forEach(facts::add);
        }
        Visibility.set(law, fitted != null);
        fill(result);
        NameValueGrid grid = new NameValueGrid(design);
        result.design().forEach(grid::add);
        export.offer("sweep", charts.getParent(), SweepFiles.of(result), model.files());
    }

    /// Fills the table; a row is the index of a point.
    private void fill(SweepResult result) {
        List<SweepPoint> all = result.points();
        List<TableColumn<Integer, String>> columns = new ArrayList<>();
        String other = result.secondParameter();
        columns.add(Columns.number(other == null ? "Value" : result.parameter(),
                row -> SweepValues.text(all.get(row).value())));
        if (other != null) {
            columns.add(Columns.number(other, row -> second(all.get(row))));
        }
        columns.add(Columns.number("ops/s", row -> Numbers.rate(all.get(row).throughputPerS())));
        for (String operation : all.getFirst().latencyMs().keySet()) {
            for (double percentile : new double[]{50, 95}) {
                columns.add(Columns.number(operation + " " + Percentiles.name(percentile),
                        row -> latency(all.get(row), operation, percentile)));
            }
        }
        columns.add(Columns.number("In flight", row -> inFlight(all.get(row))));
        SweepResult.Law fitted = result.law();
        if (fitted != null) {
            columns.add(Columns.number("Law, ops/s", row -> interval(fitted.curve().get(row))));
        }
        columns.forEach(column -> column.setMinWidth(COLUMN));
        columns.getLast().setMinWidth(fitted == null ? COLUMN : LAW);
        if (other != null) {
            columns.subList(0, 2).forEach(column -> column.setMinWidth(NAMED));
        }
        points.getColumns().setAll(columns);
        points.getItems().clear();
        for (int i = 0; i < all.size(); i++) {
            points.getItems().add(i);
        }
        fit();
    }

    /// Shares the width among the columns; a table that is too narrow for them scrolls, and has room for its bar.
    private void fit() {
        double needed = points.getColumns().stream().mapToDouble(TableColumn::getMinWidth).sum();
        boolean narrow = points.getWidth() < needed;
        points.setColumnResizePolicy(narrow
                ? TableView.UNCONSTRAINED_RESIZE_POLICY
                : TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        Columns.fitHeight(points, points.getItems().size() + (narrow ? 1 : 0));
    }

    private static String sentence(String clause) {
        return clause.isEmpty() ? "" : "Not fitted: " + clause;
    }

    private static String second(SweepPoint point) {
        Double value = point.second();
        return value == null ? Formats.NONE : SweepValues.text(value);
    }

    private static String latency(SweepPoint point, String operation, double percentile) {
        long samples = point.samples().getOrDefault(operation, 0L);
        return samples == 0
                ? Formats.NONE
                : Numbers.percentile(samples, percentile,
                        point.latencyMs().getOrDefault(operation, Percentiles.NONE).at(percentile));
    }

    private static String inFlight(SweepPoint point) {
        LittlesLaw check = point.littlesLaw();
        return check == null
                ? Formats.NONE
                : (check.agrees() ? "" : "! ") + Numbers.value(check.expected());
    }

    private static String interval(Interval interval) {
        return interval.bounded()
                ? String.format(Locale.ROOT, "%s [%s, %s]", Numbers.rate(interval.estimate()),
                        Numbers.rate(interval.low()), Numbers.rate(interval.high()))
                : Numbers.rate(interval.estimate());
    }
}
