package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import dev.memfuse.console.chart.data.Peaks;
import dev.memfuse.console.chart.data.Reduction;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.metrics.EventMark;

/// One chart over time with its heading and legend. FX thread only.
///
/// It draws on [#redraw], on changes of the [TimeWindow] and of its size, and only while it is visible. The page sets
/// the redraw rate.
public final class LiveChart {
    private static final double MIN_PLOT_HEIGHT = 80;

    private final ChartSpec spec;
    private final TimeWindow window;
    private final Plot plot;
    private final PlotOverlay overlay;
    private final ChartLegend legend;
    private final PlotGestures gestures;
    private final PlotKeys keys;
    private final Label peaks = new Label();
    private final HBox heading = new HBox();
    private final VBox view = new VBox();
    private final Subscription following;
    private SampleRing ring;
    private RoughSamples rough = RoughSamples.NONE;
    private List<EventMark> marks = List.of();
    private boolean visible = true;

    /// @param window shared by all charts of a page
    /// @param ring the samples; the page appends to them
    public LiveChart(ChartSpec spec, TimeWindow window, SampleRing ring) {
        this.spec = spec;
        this.window = window;
        this.ring = checked(ring);
        plot = new Plot(spec);
        overlay = new PlotOverlay(plot);
        legend = new ChartLegend(spec);
        gestures = new PlotGestures(plot, overlay, window);
        keys = new PlotKeys(view, window);
        layOut();
        describe();
        following = window.spanProperty().subscribe((_, _) -> redraw())
                .and(window.cursorProperty().subscribe((_, _) -> readOut()));
        plot.canvas().widthProperty().addListener((_, _, _) -> redraw());
        plot.canvas().heightProperty().addListener((_, _, _) -> redraw());
    }

    private void layOut() {
        Label title = new Label(spec.title());
        title.getStyleClass().add("live-chart-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        heading.getStyleClass().add("live-chart-heading");
        peaks.getStyleClass().add("live-chart-peaks");
        peaks.setMinWidth(Region.USE_PREF_SIZE);
        peaks.setTooltip(new Tooltip("Values above the axis; a triangle at the upper edge marks each"));
        Visibility.set(peaks, false);
        heading.getChildren().addAll(title, peaks, space);
        Region chart = plot.chart();
        chart.setMinHeight(MIN_PLOT_HEIGHT);
        VBox.setVgrow(chart, Priority.ALWAYS);
        view.getStyleClass().add("live-chart");
        view.setId("chart-" + spec.id());
        plot.canvas().setId("plot-" + spec.id());
        view.setMinWidth(0);
        view.getChildren().addAll(heading, legend.view(), chart);
    }

    /// Sets the accessible text; it includes the values only while the chart has the focus.
    private void describe() {
        String what = spec.title() + " in " + spec.unit();
        view.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        view.setAccessibleText(what);
        view.focusedProperty().addListener((_, _, _) -> view.setAccessibleText(what + ": " + legend.accessibleText()));
        plot.canvas().addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> view.requestFocus());
    }

    /// Ends the connection to the time window, which outlives a chart that is replaced. The chart draws no more by
    /// itself.
    public void detach() {
        following.unsubscribe();
    }

    private SampleRing checked(SampleRing next) {
        if (next.series() != spec.series().size()) {
            throw new IllegalArgumentException(next.series() + " series of samples for chart " + spec.id());
        }
        return next;
    }

    /// Returns the node of the chart; the same each time.
    public Region view() {
        return view;
    }

    /// Returns the current samples.
    public SampleRing samples() {
        return ring;
    }

    /// Adds controls at the right end of the heading.
    public void controls(Node... controls) {
        heading.getChildren().addAll(controls);
    }

    /// Offers an action on a moment: in the context menu for the time under the pointer, and with the key L for the
    /// time of the crosshair, or else the middle of the time window.
    ///
    /// @param text label of the menu item, followed by the time
    public void onMoment(String text, Consumer<Instant> action) {
        gestures.onMoment(text, action);
        keys.onMoment(action);
    }

    /// Replaces the samples by others of the same series.
    public void samples(SampleRing next) {
        ring = checked(next);
        redraw();
    }

    /// Sets which values are rough; takes effect with the next [#redraw].
    public void rough(RoughSamples next) {
        rough = next;
    }

    /// Sets the marks; they appear with the next [#redraw].
    public void marks(List<EventMark> next) {
        marks = next;
    }

    /// Switches between a linear and a logarithmic value axis.
    public void logarithmic(boolean on) {
        plot.logarithmic(on);
        redraw();
    }

    /// Sets whether a linear value axis ends below a few peaks; a mark at the upper edge and a figure in the heading
    /// tell of them.
    public void clipped(boolean on) {
        plot.clipped(on);
        redraw();
    }

    private void showPeaks() {
        Peaks above = plot.peaks();
        peaks.setText(above.count() == 0
                ? ""
                : "▲ up to " + ChartNumbers.exact(above.highest()) + " " + spec.unit());
        Visibility.set(peaks, above.count() > 0);
    }

    /// Sets whether the chart is inside the viewport; other charts are not drawn.
    public void visible(boolean now) {
        boolean appears = now && !visible;
        visible = now;
        if (appears) {
            redraw();
        }
    }

    /// Draws the samples and marks in the time window with the next frame.
    public void redraw() {
        if (!visible || plot.canvas().getWidth() <= 0) {
            return;
        }
        Span span = window.span();
        int newest = ring.lastNotAfter(span.to());
        plot.rough(series -> newest >= 0 && rough.isRough(series, newest));
        plot.show(ring, span);
        overlay.marks(marks, span, window.newest());
        showPeaks();
        gestures.pointAgain();
        if (spec.type() == ChartSpec.Type.STACK) {
            legend.showUsedOnly(ring, span);
        }
        readOut();
    }

    private void readOut() {
        long cursor = window.cursorProperty().get();
        Span span = window.span();
        if (cursor == TimeWindow.NO_CURSOR) {
            overlay.hideCursor();
            legend.show(ring, indexAt(span.to()), rough);
        } else {
            overlay.cursor(cursor);
            legend.show(ring, indexAt(cursor), rough);
        }
    }

    private int indexAt(long millis) {
        int index = ring.lastNotAfter(millis);
        return index >= 0 && millis - ring.time(index) <= Reduction.GAP_MILLIS ? index : -1;
    }
}
