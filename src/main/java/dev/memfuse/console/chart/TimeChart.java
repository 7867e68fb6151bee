package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.metrics.EventMark;

/// A chart over the time of a [TimeWindow] with heading, legend, marks, crosshair and selection. FX thread only.
///
/// It draws on [#redraw], on changes of the [TimeWindow] and of its size, and only while it is visible. The page sets
/// the redraw rate.
public abstract class TimeChart {
    private static final double MIN_PLOT_HEIGHT = 80;
    private static final double NARROW = 440;
    private static final PseudoClass NARROW_CLASS = PseudoClass.getPseudoClass("narrow");

    private final ChartSpec spec;
    private final TimeWindow window;
    private final PlotSurface plot;
    private final PlotOverlay overlay;
    private final PlotGestures gestures;
    private final PlotKeys keys;
    private final HBox heading = new HBox();
    private final VBox view = new VBox();
    private final ReadOnlyBooleanWrapper narrow = new ReadOnlyBooleanWrapper();
    private List<EventMark> marks = List.of();
    private List<Threshold> thresholds = List.of();
    private Subscription following = Subscription.EMPTY;
    private boolean visible = true;

    /// @param plot its canvas must not be in a scene yet
    TimeChart(ChartSpec spec, TimeWindow window, PlotSurface plot) {
        this.spec = spec;
        this.window = window;
        this.plot = plot;
        overlay = new PlotOverlay(plot);
        gestures = new PlotGestures(plot, overlay, window);
        keys = new PlotKeys(view, window);
        CrosshairFocus.keep(view, window);
    }

    /// Lays out the chart and listens to its window; the last step of a constructor.
    ///
    /// @param beside nodes right of the title
    final void build(Node legend, Node... beside) {
        Label title = new Label(spec.title());
        title.getStyleClass().add("live-chart-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        heading.getStyleClass().add("live-chart-heading");
        heading.getChildren().add(title);
        heading.getChildren().addAll(beside);
        heading.getChildren().add(space);
        Region chart = plot.chart();
        chart.setMinHeight(MIN_PLOT_HEIGHT);
        VBox.setVgrow(chart, Priority.ALWAYS);
        view.getStyleClass().add("live-chart");
        view.setId("chart-" + spec.id());
        plot.canvas().setId("plot-" + spec.id());
        view.setMinWidth(0);
        view.getChildren().addAll(heading, legend, chart);
        narrow.bind(view.widthProperty().greaterThan(0).and(view.widthProperty().lessThan(NARROW)));
        narrow.subscribe(now -> heading.pseudoClassStateChanged(NARROW_CLASS, now));
        describe();
        following = window.spanProperty().subscribe((_, _) -> redraw())
                .and(window.cursorProperty().subscribe((_, _) -> showCursor()))
                .and(window.selectionProperty().subscribe((_, selected) -> overlay.selection(selected)));
        plot.canvas().widthProperty().addListener((_, _, _) -> redraw());
        plot.canvas().heightProperty().addListener((_, _, _) -> redraw());
    }

    /// Ends the connection to the time window, which outlives a chart that is replaced. The chart draws no more by
    /// itself.
    public void detach() {
        following.unsubscribe();
    }

    /// Sets the accessible text; it includes the values only while the chart has the focus.
    private void describe() {
        String what = spec.title() + " in " + spec.unit();
        view.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        view.setAccessibleText(what);
        view.focusedProperty().addListener((_, _, _) -> view.setAccessibleText(what + ": " + values()));
        plot.canvas().addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> view.requestFocus());
    }

    /// Returns whether the chart is so narrow that its heading has space for the controls only.
    final ReadOnlyBooleanProperty narrowProperty() {
        return narrow.getReadOnlyProperty();
    }

    /// Returns the shown values, for screen readers.
    abstract String values();

    /// Draws a span with the next frame.
    abstract void draw(Span span);

    /// Shows the values of a moment.
    ///
    /// @param millis milliseconds since the epoch
    abstract void readOut(long millis);

    ChartSpec spec() {
        return spec;
    }

    /// Returns the stable short name of the chart.
    public String id() {
        return spec.id();
    }

    /// Returns the heading.
    public String title() {
        return spec.title();
    }

    /// Returns the node of the chart; the same each time.
    public Region view() {
        return view;
    }

    /// Adds controls at the right end of the heading.
    public void controls(Node... controls) {
        heading.getChildren().addAll(controls);
    }

    /// Offers an action on a moment: in the context menu for the time under the pointer, and with a key for the time of
    /// the crosshair, or else the newest or the middle of the time window.
    ///
    /// @param text label of the menu item, with `%s` for the time
    /// @param key its key while the chart has the focus
    public void onMoment(String text, KeyCode key, Consumer<Instant> action) {
        gestures.onMoment(text, action);
        keys.onMoment(text, key, action);
    }

    /// Sets the action of a click on a mark.
    public void onMark(Consumer<Instant> action) {
        gestures.onMark(action);
    }

    /// Sets the marks; they appear with the next [#redraw].
    public void marks(List<EventMark> next) {
        marks = next;
    }

    /// Sets the values that must not be passed; they appear with the next [#redraw], where the axis reaches them.
    public void thresholds(List<Threshold> next) {
        thresholds = next;
    }

    /// Returns the texts of the thresholds that are drawn.
    public List<String> drawnThresholds() {
        return overlay.drawnThresholds();
    }

    /// Sets whether the chart is inside the viewport; other charts are not drawn.
    public void visible(boolean now) {
        boolean appears = now && !visible;
        visible = now;
        if (appears) {
            redraw();
        }
    }

    /// Draws the data and marks in the time window with the next frame.
    public void redraw() {
        if (!visible || plot.canvas().getWidth() <= 0) {
            return;
        }
        Span span = window.span();
        draw(span);
        overlay.thresholds(thresholds);
        overlay.marks(marks, span, window.newest());
        overlay.selection(window.selectionProperty().get());
        gestures.pointAgain();
        showCursor();
    }

    private void showCursor() {
        long cursor = window.cursorProperty().get();
        if (cursor == TimeWindow.NO_CURSOR) {
            overlay.hideCursor();
            readOut(window.span().to());
        } else {
            overlay.cursor(cursor);
            readOut(cursor);
        }
    }
}
