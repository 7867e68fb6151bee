package dev.memfuse.console.pool;

import java.util.ArrayList;
import java.util.List;

import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.pool.LeaseTimes.Bucket;
import dev.memfuse.metrics.pool.LeaseTimes.Distribution;

/// A distribution of times on a logarithmic axis, a bar for each doubling. FX thread only.
final class LogHistogram extends VBox {
    private static final double HEIGHT = 96;
    private static final double GAP = 2;

    private final Label title = new Label();
    private final Label figures = new Label();
    private final Bars bars = new Bars();

    /// @param meaning what the times are
    LogHistogram(String name, PoolMeaning meaning) {
        getStyleClass().add("pool-histogram");
        title.setText(name);
        title.getStyleClass().add("group-title");
        figures.getStyleClass().add("hint");
        figures.setWrapText(true);
        figures.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(title, bars, figures);
        meaning.explain(title);
        bars.setAccessibleHelp(title.getAccessibleHelp());
        show(Distribution.NONE);
    }

    /// Shows a distribution.
    void show(Distribution values) {
        bars.show(values.buckets());
        figures.setText(values.count() == 0
                ? "No values yet."
                : Formats.count(values.count()) + " values, p50 " + Formats.nanosAsMillis(values.p50()) + ", p99 "
                        + Formats.nanosAsMillis(values.p99()) + ", max " + Formats.nanosAsMillis(values.max()));
        bars.setAccessibleText(title.getText() + ": " + figures.getText());
    }

    /// The bars, with the bounds of the first and the last below.
    private static final class Bars extends Region {
        private static final double LABEL = 18;
        private final List<Region> bars = new ArrayList<>();
        private final List<Bucket> shown = new ArrayList<>();
        private final Label first = new Label();
        private final Label last = new Label();

        Bars() {
            first.getStyleClass().add("hint");
            last.getStyleClass().add("hint");
            getChildren().addAll(first, last);
            setMinHeight(HEIGHT);
            setPrefHeight(HEIGHT);
            setMaxHeight(HEIGHT);
            setMinWidth(0);
        }

        void show(List<Bucket> buckets) {
            shown.clear();
            shown.addAll(buckets);
            while (bars.size() < buckets.size()) {
                Region bar = new Region();
                bar.getStyleClass().add("pool-bar");
                Tooltip.install(bar, new Tooltip());
                bars.add(bar);
            }
            for (int i = 0; i < buckets.size(); i++) {
                Bucket bucket = buckets.get(i);
                Tooltip tip = new Tooltip(Formats.nanosAsMillis(bucket.fromNanos()) + " to "
                        + Formats.nanosAsMillis(bucket.toNanos()) + ": " + Formats.count(bucket.count()));
                Tooltip.install(bars.get(i), tip);
            }
            getChildren().setAll(bars.subList(0, buckets.size()));
            getChildren().addAll(first, last);
            first.setText(buckets.isEmpty() ? "" : Formats.nanosAsMillis(buckets.getFirst().fromNanos()));
            last.setText(buckets.isEmpty() ? "" : Formats.nanosAsMillis(buckets.getLast().toNanos()));
            requestLayout();
        }

        @Override
        protected void layoutChildren() {
            double room = HEIGHT - LABEL;
            long most = shown.stream().mapToLong(Bucket::count).max().orElse(1);
            double width = shown.isEmpty() ? 0 : getWidth() / shown.size();
            for (int i = 0; i < shown.size(); i++) {
                long count = shown.get(i).count();
                // A single value among thousands must be visible.
                double height = count == 0 ? 0 : Math.max(2, room * count / most);
                bars.get(i).resizeRelocate(i * width, room - height, Math.max(1, width - GAP), height);
            }
            first.autosize();
            first.relocate(0, room);
            last.autosize();
            last.relocate(getWidth() - last.getWidth(), room);
        }
    }
}
