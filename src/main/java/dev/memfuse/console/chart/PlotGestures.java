package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

import dev.memfuse.console.chart.data.Span;

/// Mouse gestures of a chart: moving shows the crosshair, dragging selects a span or moves an edge of the selection,
/// dragging with Ctrl zooms, dragging with Shift or another button pans, Ctrl and the wheel zoom around the pointer. A
/// click on a mark acts on it, elsewhere outside the selection it clears the selection; a double click follows the
/// newest sample again, a click with the other button offers actions on the moment under the pointer.
final class PlotGestures {
    private static final double SHORTEST_DRAG = 4;
    private static final double EDGE = 5;
    private static final double WHEEL_STEP = 1.25;

    private final PlotSurface plot;
    private final PlotOverlay overlay;
    private final TimeWindow window;
    private Drag drag = Drag.NONE;
    /// Whether the pointer has left the place where it was pressed.
    private boolean dragged;
    /// NaN while the pointer is elsewhere.
    private double pointedX = Double.NaN;
    private double pressedX;
    private double lastX;
    /// The end of the selection that stays, in milliseconds since the epoch.
    private long anchor;
    private final ContextMenu menu = new ContextMenu();
    private long moment;
    private Consumer<Instant> onMark = _ -> {};

    /// What dragging does.
    private enum Drag {
        NONE,
        SELECT,
        ZOOM,
        PAN
    }

    PlotGestures(PlotSurface plot, PlotOverlay overlay, TimeWindow window) {
        this.plot = plot;
        this.overlay = overlay;
        this.window = window;
        Canvas canvas = plot.canvas();
        canvas.setCursor(Cursor.CROSSHAIR);
        canvas.addEventHandler(MouseEvent.MOUSE_MOVED, event -> point(event.getX()));
        canvas.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> leave());
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        canvas.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        canvas.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
        canvas.addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        canvas.addEventHandler(ScrollEvent.SCROLL, this::scroll);
    }

    private void point(double x) {
        overlay.hovered(true);
        pointedX = x;
        plot.canvas().setCursor(
                nearEdge(x) ? Cursor.H_RESIZE : overlay.markAt(x).isPresent() ? Cursor.HAND : Cursor.CROSSHAIR);
        window.cursor(plot.timeAt(x));
    }

    /// Moves the crosshair to the time under a resting pointer; called when the chart shows another time span.
    void pointAgain() {
        if (!Double.isNaN(pointedX) && !window.cursorByKey()) {
            window.cursor(plot.timeAt(pointedX));
        }
    }

    private void leave() {
        overlay.hovered(false);
        pointedX = Double.NaN;
        window.cursor(TimeWindow.NO_CURSOR);
    }

    private boolean nearEdge(double x) {
        Span selected = window.selectionProperty().get();
        return selected != null
                && (Math.abs(plot.xOf(selected.from()) - x) <= EDGE || Math.abs(plot.xOf(selected.to()) - x) <= EDGE);
    }

    private void press(MouseEvent event) {
        pressedX = event.getX();
        lastX = event.getX();
        dragged = false;
        if (event.isShiftDown() || event.getButton() != MouseButton.PRIMARY) {
            drag = Drag.PAN;
        } else if (event.isShortcutDown()) {
            drag = Drag.ZOOM;
        } else {
            drag = Drag.SELECT;
            anchor = anchorOf(event.getX());
        }
    }

    /// Returns the end of the selection opposite to the pressed edge, else the pressed time. A time and not a place,
    /// because the window may move meanwhile.
    private long anchorOf(double x) {
        Span selected = window.selectionProperty().get();
        if (selected != null && nearEdge(x)) {
            boolean first = Math.abs(plot.xOf(selected.from()) - x) < Math.abs(plot.xOf(selected.to()) - x);
            return first ? selected.to() : selected.from();
        }
        return plot.timeAt(x);
    }

    private void drag(MouseEvent event) {
        dragged |= Math.abs(event.getX() - pressedX) >= SHORTEST_DRAG;
        if (drag == Drag.PAN) {
            window.pan(plot.timeAt(lastX) - plot.timeAt(event.getX()));
            lastX = event.getX();
        } else if (dragged && drag == Drag.ZOOM) {
            overlay.frame(pressedX, event.getX());
        } else if (dragged && drag == Drag.SELECT) {
            double x = Math.clamp(event.getX(), 0, plot.canvas().getWidth());
            window.select(anchor, plot.timeAt(x));
            point(x);
        }
    }

    private void release(MouseEvent event) {
        overlay.hideFrame();
        if (drag == Drag.ZOOM && dragged) {
            window.zoom(plot.timeAt(pressedX), plot.timeAt(event.getX()));
        }
        drag = Drag.NONE;
    }

    /// @param text with `%s` for the time
    void onMoment(String text, Consumer<Instant> action) {
        MenuItem item = new MenuItem();
        item.setUserData(text);
        item.setOnAction(_ -> action.accept(Instant.ofEpochMilli(moment)));
        menu.getItems().add(item);
    }

    void onMark(Consumer<Instant> action) {
        onMark = action;
    }

    private void click(MouseEvent event) {
        if (event.getButton() == MouseButton.SECONDARY && event.isStillSincePress() && !menu.getItems().isEmpty()) {
            moment = plot.timeAt(event.getX());
            menu.getItems().forEach(item -> item
                    .setText(String.format(Locale.ROOT, (String) item.getUserData(), TimeAxis.clock(moment))));
            menu.show(plot.canvas(), event.getScreenX(), event.getScreenY());
        }
        if (event.getButton() != MouseButton.PRIMARY || !event.isStillSincePress() || dragged) {
            return;
        }
        if (event.getClickCount() == 2) {
            window.reset();
        } else {
            overlay.markAt(event.getX()).ifPresentOrElse(onMark, () -> clearOutside(plot.timeAt(event.getX())));
        }
    }

    private void clearOutside(long millis) {
        Span selected = window.selectionProperty().get();
        if (selected != null && !selected.contains(Instant.ofEpochMilli(millis))) {
            window.clearSelection();
        }
    }

    private void scroll(ScrollEvent event) {
        if (event.isShortcutDown() && event.getDeltaY() != 0) {
            window.zoomAround(plot.timeAt(event.getX()), event.getDeltaY() > 0 ? 1 / WHEEL_STEP : WHEEL_STEP);
            event.consume();
        }
    }
}
