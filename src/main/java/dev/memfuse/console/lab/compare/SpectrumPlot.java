package dev.memfuse.console.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polyline;

import dev.memfuse.console.lab.plot.PlotScale;
import dev.memfuse.console.lab.plot.ReadablePlot;
import dev.memfuse.lab.compare.SpectrumRow;
import dev.memfuse.metrics.stats.Numbers;

/// Latency of both arms over the percentile, so that the tail takes as much room as the body: the axis is logarithmic
/// in the share of slower calls.
///
/// Two polylines on such an axis, which the charts of the Live page do not have. The arrow keys select a percentile. FX
/// thread only.
public final class SpectrumPlot extends ReadablePlot {
    private static final double LEFT = 56;
    private static final double RIGHT = 24;
    private static final double TOP = 8;
    private static final double BOTTOM = 22;
    private static final double[] PERCENTILES = {0, 50, 90, 99, 99.9, 99.99, 99.999};
    private static final double HUNDRED = 100;
    /// Part of the axis up to which a label leaves room for that of the end.
    private static final double CLOSE = 0.9;

    private final Polyline a = line("arm-a");
    private final Polyline b = line("arm-b");
    private final Region cursor = part("spectrum-cursor");
    private final List<Region> lines = new ArrayList<>();
    private final List<Label> timeLabels = new ArrayList<>();
    private final List<Label> percentileLabels = new ArrayList<>();
    private List<SpectrumRow> rows = List.of();
    private List<Double> times = List.of();
    private double[] percentiles = {};
    private double low = 1;
    private double high = 10;

    public SpectrumPlot() {
        super("Latency percentiles of A and B; the arrow keys select a percentile");
        setOnMousePressed(event -> {
            requestFocus();
            select(nearest(event.getX()));
        });
    }

    private static Polyline line(String styleClass) {
        Polyline line = new Polyline();
        line.getStyleClass().setAll("spectrum-line", styleClass);
        line.setManaged(false);
        return line;
    }

    /// Shows the percentiles of an operation, in ascending order.
    void show(List<SpectrumRow> next) {
        rows = next;
        double[] positive = next.stream().flatMapToDouble(row -> DoubleStream.of(row.aMs(), row.bMs()))
                .filter(ms -> ms > 0).toArray();
        low = DoubleStream.of(positive).min().orElse(1);
        high = Math.max(DoubleStream.of(positive).max().orElse(10), low * 2);
        double last = next.isEmpty() ? 0 : next.getLast().percentile();
        times = PlotScale.logarithmic(low, high).ticks();
        percentiles = labelled(last);
        lines.clear();
        timeLabels.clear();
        times.forEach(time -> {
            lines.add(part("pair-line"));
            timeLabels.add(label(Numbers.plain(time) + " ms"));
        });
        percentileLabels.clear();
        for (double percentile : percentiles) {
            percentileLabels.add(label(percentile == 0 ? "min" : name(percentile)));
        }
        getChildren().setAll(lines);
        getChildren().add(cursor);
        getChildren().addAll(timeLabels);
        getChildren().addAll(percentileLabels);
        getChildren().addAll(a, b);
        select(-1);
        requestLayout();
    }

    /// Returns the usual percentiles up to the last, and the last itself in the place of one close to it.
    static double[] labelled(double last) {
        return DoubleStream.concat(DoubleStream.of(PERCENTILES)
                .filter(percentile -> percentile == 0 || rarity(percentile) < rarity(last) * CLOSE),
                DoubleStream.of(last)).distinct().toArray();
    }

    private static String name(double percentile) {
        return "p" + Numbers.plain(percentile);
    }

    private int nearest(double x) {
        int best = -1;
        for (int i = 0; i < rows.size(); i++) {
            if (best < 0 || Math.abs(x(rows.get(i).percentile()) - x) < Math.abs(x(rows.get(best).percentile()) - x)) {
                best = i;
            }
        }
        return best;
    }

    @Override
    protected int values() {
        return rows.size();
    }

    @Override
    protected String describe(int index) {
        SpectrumRow row = rows.get(index);
        return String.format(Locale.ROOT, "%s: A %s, B %s", row.percentile() == 0 ? "Minimum" : name(row.percentile()),
                Numbers.ms(row.aMs()), Numbers.ms(row.bMs()));
    }

    @Override
    protected void showSelected(int index) {
        cursor.setVisible(index >= 0);
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(0, getWidth() - LEFT - RIGHT);
        for (int i = 0; i < lines.size(); i++) {
            double y = y(times.get(i));
            lines.get(i).resizeRelocate(LEFT, y, width, 1);
            place(timeLabels.get(i), LEFT - 8, y, 1, 0.5);
        }
        for (int i = 0; i < percentileLabels.size(); i++) {
            place(percentileLabels.get(i), x(percentiles[i]), getHeight() - BOTTOM + 4, 0.5, 0);
        }
        if (selected() >= 0) {
            cursor.resizeRelocate(x(rows.get(selected()).percentile()), TOP, 1,
                    Math.max(0, getHeight() - TOP - BOTTOM));
        }
        draw(a, SpectrumRow::aMs);
        draw(b, SpectrumRow::bMs);
    }

    private void draw(Polyline line, ToDoubleFunction<SpectrumRow> value) {
        line.getPoints().setAll(rows.stream().filter(row -> value.applyAsDouble(row) > 0)
                .flatMap(row -> List.of(x(row.percentile()), y(value.applyAsDouble(row))).stream()).toList());
    }

    private static double rarity(double percentile) {
        return Math.log10(HUNDRED / (HUNDRED - Math.min(percentile, 99.9999)));
    }

    private double x(double percentile) {
        double last = rows.isEmpty() ? 1 : rarity(rows.getLast().percentile());
        return LEFT + (last == 0 ? 0 : rarity(percentile) / last) * Math.max(0, getWidth() - LEFT - RIGHT);
    }

    private double y(double ms) {
        double share = Math.log(ms / low) / Math.log(high / low);
        return TOP + (1 - share) * Math.max(0, getHeight() - TOP - BOTTOM);
    }
}
