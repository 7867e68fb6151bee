package dev.memfuse.console.chart;

import java.util.ArrayList;
import java.util.List;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;

import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.metrics.stats.Percentiles;

/// The legend of a chart: colour, shape and name of each series, and its value at the crosshair or the newest one.
final class ChartLegend {
    private static final int MAX_UNIT_LENGTH = 5;
    private static final double SWATCH_WIDTH = 16;
    private static final double SWATCH_HEIGHT = 12;

    private final FlowPane view = new FlowPane();
    private final List<HBox> items = new ArrayList<>();
    private final List<Label> values = new ArrayList<>();
    private final List<Label> baselines = new ArrayList<>();
    private final ChartSpec spec;
    private final String unit;

    ChartLegend(ChartSpec spec) {
        this.spec = spec;
        // A count needs no unit after its value; the axis names what is counted.
        unit = spec.unit().length() <= MAX_UNIT_LENGTH ? " " + spec.unit() : "";
        view.getStyleClass().add("live-chart-legend");
        for (int series = 0; series < spec.series().size(); series++) {
            Label name = new Label(spec.series().get(series));
            name.getStyleClass().add("live-chart-series-name");
            Label value = new Label(Formats.NONE);
            value.getStyleClass().add("live-chart-series-value");
            Label baseline = new Label();
            baseline.getStyleClass().add("live-chart-series-baseline");
            Visibility.set(baseline, false);
            HBox item = new HBox(swatch(series), name, value, baseline);
            baselines.add(baseline);
            item.getStyleClass().add("live-chart-legend-item");
            items.add(item);
            values.add(value);
        }
        view.getChildren().setAll(items);
    }

    FlowPane view() {
        return view;
    }

    private Node swatch(int series) {
        Pane swatch = new Pane();
        swatch.getStyleClass().addAll("live-chart-swatch", "series-" + (series + 1));
        double width = spec.type() == ChartSpec.Type.STACK ? SWATCH_HEIGHT : SWATCH_WIDTH;
        swatch.setMinSize(width, SWATCH_HEIGHT);
        swatch.setMaxSize(width, SWATCH_HEIGHT);
        if (spec.type() == ChartSpec.Type.STACK) {
            Rectangle area = new Rectangle(SWATCH_HEIGHT, SWATCH_HEIGHT);
            area.getStyleClass().add("series-fill");
            SVGPath shape = SeriesShape.of(series).node(3);
            shape.setLayoutX(SWATCH_HEIGHT / 2);
            shape.setLayoutY(SWATCH_HEIGHT / 2);
            shape.getStyleClass().add("series-shape");
            swatch.getChildren().addAll(area, shape);
            return swatch;
        }
        Line line = new Line(0, SWATCH_HEIGHT / 2, SWATCH_WIDTH, SWATCH_HEIGHT / 2);
        line.getStyleClass().add("series-line");
        if (spec.isLimit(series)) {
            swatch.getStyleClass().add("limit");
            swatch.getChildren().add(line);
            return swatch;
        }
        SVGPath shape = SeriesShape.of(series).node(3.5);
        shape.setLayoutX(SWATCH_WIDTH / 2);
        shape.setLayoutY(SWATCH_HEIGHT / 2);
        shape.getStyleClass().add("series-fill");
        swatch.getChildren().addAll(line, shape);
        return swatch;
    }

    /// Shows the values of a sample, or no values when `index` is negative.
    ///
    /// @param rough tells which values get the prefix of a rough one
    void show(SampleRing ring, int index, RoughSamples rough) {
        for (int series = 0; series < values.size(); series++) {
            String text = index < 0 ? Formats.NONE : ChartNumbers.exact(ring.value(series, index));
            Label label = values.get(series);
            String withUnit = text.equals(Formats.NONE)
                    ? text
                    : (rough.isRough(series, index) ? Percentiles.ROUGH : "") + text + unit;
            if (!withUnit.equals(label.getText())) {
                label.setText(withUnit);
            }
        }
    }

    /// Sets whether the items have a second value, that of a baseline.
    void baseline(boolean on) {
        baselines.forEach(label -> {
            label.setText("");
            Visibility.set(label, on);
        });
    }

    /// Shows the values of a sample of the baseline, or no values when `index` is negative.
    void showBaseline(SampleRing ring, int index) {
        for (int series = 0; series < baselines.size(); series++) {
            double value = index < 0 ? Double.NaN : ring.value(series, index);
            String text = Double.isNaN(value) ? "" : "(" + ChartNumbers.exact(value) + ")";
            if (!text.equals(baselines.get(series).getText())) {
                baselines.get(series).setText(text);
            }
        }
    }

    /// Returns the visible series with their values, for screen readers.
    String accessibleText() {
        List<String> parts = new ArrayList<>();
        for (int series = 0; series < items.size(); series++) {
            if (view.getChildren().contains(items.get(series))) {
                String baseline = baselines.get(series).getText();
                parts.add(spec.series().get(series) + " " + values.get(series).getText()
                        + (baseline.isEmpty() ? "" : " baseline " + baseline.substring(1, baseline.length() - 1)));
            }
        }
        return String.join(", ", parts);
    }

    /// Shows only series with a value above zero in the span, to keep the legend of a stack with many stages short.
    void showUsedOnly(SampleRing ring, Span span) {
        int first = Math.max(0, ring.lastNotAfter(span.from()));
        int last = Math.min(ring.size() - 1, ring.firstNotBefore(span.to()));
        List<Node> used = new ArrayList<>();
        for (int series = 0; series < items.size(); series++) {
            if (isUsed(ring, series, first, last)) {
                used.add(items.get(series));
            }
        }
        if (!used.equals(view.getChildren())) {
            view.getChildren().setAll(used);
        }
    }

    private static boolean isUsed(SampleRing ring, int series, int first, int last) {
        for (int i = first; i <= last; i++) {
            if (ring.value(series, i) > 0) {
                return true;
            }
        }
        return false;
    }
}
