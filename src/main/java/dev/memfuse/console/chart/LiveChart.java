package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.console.chart.data.Reduction;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.metrics.EventMark;

/// One chart over time with its heading and legend. FX thread only.
///
/// It draws when [#redraw] is called, when the [TimeWindow] changes and when its size changes, and only while it is
/// shown: the page decides how often that is.
public final class LiveChart {
    private static final double SMALLEST_PLOT = 80;

    private final ChartSpec spec;
    private final TimeWindow window;
    private final Plot plot;
    private final PlotOverlay overlay;
    private final ChartLegend legend;
    private final PlotGestures gestures;
    private final PlotKeys keys;
    private final HBox heading = new HBox();
    private final VBox view = new VBox();
    private SampleRing ring;
    private List<EventMark> marks = List.of();
    private boolean shown = true;

    /// @param window shared by all charts of a page
    /// @param ring the samples; the page appends to it
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
        window.spanProperty().addListener((_, _, _) -> redraw());
        window.cursorProperty().addListener((_, _, _) -> readOut());
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
        heading.getChildren().addAll(title, space);
        Region chart = plot.chart();
        chart.setMinHeight(SMALLEST_PLOT);
        VBox.setVgrow(chart, Priority.ALWAYS);
        view.getStyleClass().add("live-chart");
        view.setId("chart-" + spec.id());
        plot.canvas().setId("plot-" + spec.id());
        view.setMinWidth(0);
        view.getChildren().addAll(heading, legend.view(), chart);
    }

    /// The values are put into words only while somebody is there to hear them.
    private void describe() {
        String what = spec.title() + " in " + spec.unit();
        view.setAccessibleText(what);
        view.focusedProperty().addListener((_, _, _) -> view.setAccessibleText(what + ": " + legend.words()));
        plot.canvas().addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> view.requestFocus());
    }

    private SampleRing checked(SampleRing next) {
        if (next.series() != spec.series().size()) {
            throw new IllegalArgumentException(next.series() + " series of samples for chart " + spec.id());
        }
        return next;
    }

    /// The node to put into a page; the same each time.
    public Region view() {
        return view;
    }

    public ChartSpec spec() {
        return spec;
    }

    /// The samples shown.
    public SampleRing samples() {
        return ring;
    }

    /// Puts controls at the right end of the heading.
    public void controls(Node... controls) {
        heading.getChildren().addAll(controls);
    }

    /// Offers an action on a moment: in the menu of the other mouse button, for the time under the pointer, and with the
    /// key L, for the time of the cross hair or else the middle of the window.
    ///
    /// @param text of the menu, followed by the time
    public void onMoment(String text, Consumer<Instant> action) {
        gestures.onMoment(text, action);
        keys.onMoment(action);
    }

    /// Shows other samples of the same series from now on.
    public void samples(SampleRing next) {
        ring = checked(next);
        redraw();
    }

    /// Events to mark; shown with the next [#redraw].
    public void marks(List<EventMark> next) {
        marks = next;
    }

    /// Changes between a linear and a logarithmic value axis.
    public void logarithmic(boolean on) {
        plot.logarithmic(on);
        redraw();
    }

    /// Says whether the user can see the chart; one that is out of sight is not drawn.
    public void shown(boolean now) {
        boolean appears = now && !shown;
        shown = now;
        if (appears) {
            redraw();
        }
    }

    /// Draws the samples and marks in the window, with the next frame.
    public void redraw() {
        if (!shown || plot.canvas().getWidth() <= 0) {
            return;
        }
        Span span = window.span();
        plot.show(ring, span);
        overlay.marks(marks, span);
        if (spec.kind() == ChartSpec.Kind.STACK) {
            legend.onlyUsed(ring, span);
        }
        readOut();
    }

    private void readOut() {
        long cursor = window.cursorProperty().get();
        Span span = window.span();
        if (cursor == TimeWindow.NO_CURSOR) {
            overlay.hideCursor();
            legend.show(ring, indexAt(span.to()));
        } else {
            overlay.cursor(cursor);
            legend.show(ring, indexAt(cursor));
        }
    }

    private int indexAt(long millis) {
        int index = ring.lastNotAfter(millis);
        return index >= 0 && millis - ring.time(index) <= Reduction.GAP_MILLIS ? index : -1;
    }
}
