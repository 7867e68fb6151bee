package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.function.Consumer;

import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

import dev.memfuse.console.chart.data.Span;

/// Keys of a focused chart: Left and Right pan, with Shift farther, plus and minus zoom, Home and 0 follow the newest
/// sample again, L shows the log at the moment. Other keys are not consumed.
final class PlotKeys {
    private static final double STEP = 0.1;
    private static final double LONG_STEP = 0.5;
    private static final double ZOOM = 1.25;

    private final TimeWindow window;
    private Consumer<Instant> moment = _ -> {};

    /// Makes `view` reachable with the Tab key and handles its keys.
    PlotKeys(Region view, TimeWindow window) {
        this.window = window;
        view.setFocusTraversable(true);
        view.setAccessibleHelp("Left and Right pan, plus and minus zoom, Home or 0 follows the newest sample, "
                + "L shows the log");
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
    }

    private void press(KeyEvent event) {
        boolean taken = event.getTarget().equals(event.getSource()) && !event.isShortcutDown() && !event.isAltDown();
        if (taken && act(event)) {
            event.consume();
        }
    }

    private boolean act(KeyEvent event) {
        double step = event.isShiftDown() ? LONG_STEP : STEP;
        switch (event.getCode()) {
            case LEFT, KP_LEFT -> pan(-step);
            case RIGHT, KP_RIGHT -> pan(step);
            // On layouts where plus needs Shift, its key is the equals sign.
            case PLUS, ADD, EQUALS -> zoom(1 / ZOOM);
            case MINUS, SUBTRACT -> zoom(ZOOM);
            case HOME, DIGIT0, NUMPAD0 -> window.reset();
            case L -> moment.accept(Instant.ofEpochMilli(pointed()));
            default -> {
                return false;
            }
        }
        return true;
    }

    void onMoment(Consumer<Instant> action) {
        moment = action;
    }

    /// The time of the cross hair; without one, the newest for a chart that follows, else the middle of the window.
    private long pointed() {
        Span span = window.span();
        long cursor = window.cursorProperty().get();
        return cursor != TimeWindow.NO_CURSOR
                ? cursor
                : window.following() ? span.to() : span.from() + span.length() / 2;
    }

    private void pan(double share) {
        window.pan(Math.round(window.span().length() * share));
    }

    /// Zooms around the newest sample while following, else around the middle of the window.
    private void zoom(double factor) {
        Span span = window.span();
        window.zoomAround(window.following() ? span.to() : span.from() + span.length() / 2, factor);
    }
}
