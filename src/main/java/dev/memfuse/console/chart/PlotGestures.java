package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.function.Consumer;

import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/// Mouse gestures of a chart: moving shows the crosshair, dragging zooms, dragging with Shift or another button pans,
/// Ctrl and the wheel zoom around the pointer, a double click follows the newest sample again, a click with the other
/// button offers actions on the moment under the pointer.
final class PlotGestures {
    private static final double SHORTEST_DRAG = 4;
    private static final double WHEEL_STEP = 1.25;

    private final Plot plot;
    private final PlotOverlay overlay;
    private final TimeWindow window;
    private boolean panning;
    /// NaN while the pointer is elsewhere.
    private double pointedX = Double.NaN;
    private double pressedX;
    private double lastX;
    private final ContextMenu menu = new ContextMenu();
    private String menuText = "";
    private long moment;

    PlotGestures(Plot plot, PlotOverlay overlay, TimeWindow window) {
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
        window.cursor(plot.timeAt(x));
    }

    /// Moves the crosshair to the time under a resting pointer; called when the chart shows another time span.
    void pointAgain() {
        if (!Double.isNaN(pointedX)) {
            window.cursor(plot.timeAt(pointedX));
        }
    }

    private void leave() {
        overlay.hovered(false);
        pointedX = Double.NaN;
        window.cursor(TimeWindow.NO_CURSOR);
    }

    private void press(MouseEvent event) {
        panning = event.isShiftDown() || event.getButton() != MouseButton.PRIMARY;
        pressedX = event.getX();
        lastX = event.getX();
    }

    private void drag(MouseEvent event) {
        if (panning) {
            window.pan(plot.timeAt(lastX) - plot.timeAt(event.getX()));
            lastX = event.getX();
        } else {
            overlay.select(pressedX, event.getX());
        }
    }

    private void release(MouseEvent event) {
        overlay.hideSelection();
        if (!panning && Math.abs(event.getX() - pressedX) >= SHORTEST_DRAG) {
            window.zoom(plot.timeAt(pressedX), plot.timeAt(event.getX()));
        }
    }

    void onMoment(String text, Consumer<Instant> action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(_ -> action.accept(Instant.ofEpochMilli(moment)));
        menuText = text;
        menu.getItems().setAll(item);
    }

    private void click(MouseEvent event) {
        if (event.getButton() == MouseButton.SECONDARY && event.isStillSincePress() && !menu.getItems().isEmpty()) {
            moment = plot.timeAt(event.getX());
            menu.getItems().getFirst().setText(menuText + " at " + TimeAxis.clock(moment));
            menu.show(plot.canvas(), event.getScreenX(), event.getScreenY());
        }
        if (event.getClickCount() == 2 && event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
            window.reset();
        }
    }

    private void scroll(ScrollEvent event) {
        if (event.isShortcutDown() && event.getDeltaY() != 0) {
            window.zoomAround(plot.timeAt(event.getX()), event.getDeltaY() > 0 ? 1 / WHEEL_STEP : WHEEL_STEP);
            event.consume();
        }
    }
}
