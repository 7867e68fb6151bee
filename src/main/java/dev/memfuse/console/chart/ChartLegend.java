package dev.memfuse.console.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import javafx.scene.Node;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;

import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.stats.Percentiles;

/// The legend of a chart: colour, shape and name of each series, and its value at the crosshair or the newest one. An
/// entry switches its series off and on. For the keyboard the legend is one control, with arrows from entry to entry.
final class ChartLegend {
    private static final int MAX_UNIT_LENGTH = 5;

    private final FlowPane view = new FlowPane();
    private final List<LegendEntry> entries;
    private final String unit;
    private final Runnable switched;
    private Runnable changed = () -> {};

    /// @param switched called after a series was switched off or on
    ChartLegend(ChartSpec spec, Runnable switched) {
        this.switched = switched;
        // A count needs no unit after its value; the axis names what is counted.
        unit = spec.unit().length() <= MAX_UNIT_LENGTH ? " " + spec.unit() : "";
        entries = IntStream.range(0, spec.series().size()).mapToObj(series -> new LegendEntry(spec, series)).toList();
        entries.forEach(entry -> entry.setOnAction(_ -> {
            switched.run();
            changed.run();
        }));
        view.getStyleClass().add("live-chart-legend");
        view.addEventFilter(KeyEvent.KEY_PRESSED, this::walk);
        show(entries);
    }

    FlowPane view() {
        return view;
    }

    private void show(List<? extends Node> shown) {
        view.getChildren().setAll(shown);
        entries.forEach(entry -> entry.setFocusTraversable(!shown.isEmpty() && entry.equals(shown.getFirst())));
    }

    /// Moves the focus from an entry to its neighbour.
    private void walk(KeyEvent event) {
        int step = switch (event.getCode()) {
            case LEFT, KP_LEFT, UP, KP_UP -> -1;
            case RIGHT, KP_RIGHT, DOWN, KP_DOWN -> 1;
            default -> 0;
        };
        if (step != 0 && event.getTarget() instanceof LegendEntry entry) {
            int next = view.getChildren().indexOf(entry) + step;
            if (next >= 0 && next < view.getChildren().size()) {
                view.getChildren().get(next).requestFocus();
            }
            event.consume();
        }
    }

    /// Returns whether a series is drawn.
    boolean isOn(int series) {
        return entries.get(series).isSelected();
    }

    /// Returns the names of the series that are switched off.
    List<String> off() {
        return entries.stream().filter(entry -> !entry.isSelected()).map(LegendEntry::series).toList();
    }

    /// Switches series off, and all others on.
    void switchOff(Set<String> names) {
        entries.forEach(entry -> entry.setSelected(!names.contains(entry.series())));
        switched.run();
    }

    /// Calls `listener` after the user switched a series off or on.
    void onChange(Runnable listener) {
        changed = listener;
    }

    /// Shows the values of a sample, or no values when `index` is negative.
    ///
    /// @param rough tells which values get the prefix of a rough one
    void show(SampleRing ring, int index, RoughSamples rough) {
        for (int series = 0; series < entries.size(); series++) {
            String text = index < 0 ? Formats.NONE : ChartNumbers.exact(ring.value(series, index));
            entries.get(series).value(text.equals(Formats.NONE)
                    ? text
                    : (rough.isRough(series, index) ? Percentiles.ROUGH : "") + text + unit);
        }
    }

    /// Sets whether the entries have a second value, that of a baseline.
    void baseline(boolean on) {
        entries.forEach(entry -> entry.showBaseline(on));
    }

    /// Shows the values of a sample of the baseline, or no values when `index` is negative.
    void showBaseline(SampleRing ring, int index) {
        for (int series = 0; series < entries.size(); series++) {
            double value = index < 0 ? Double.NaN : ring.value(series, index);
            entries.get(series).baseline(Double.isNaN(value) ? "" : "(" + ChartNumbers.exact(value) + ")");
        }
    }

    /// Returns the series that are drawn with their values, for screen readers.
    String accessibleText() {
        List<String> parts = new ArrayList<>();
        for (LegendEntry entry : entries) {
            if (entry.isSelected() && view.getChildren().contains(entry)) {
                String baseline = entry.baseline();
                parts.add(entry.series() + " " + entry.value()
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
        for (int series = 0; series < entries.size(); series++) {
            if (isUsed(ring, series, first, last)) {
                used.add(entries.get(series));
            }
        }
        if (!used.equals(view.getChildren())) {
            show(used);
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
