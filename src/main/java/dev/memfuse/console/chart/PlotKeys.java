package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

import dev.memfuse.console.chart.data.Span;

/// Keys of a focused chart: Left and Right move the crosshair, with Shift they select, Page Up and Page Down pan, plus
/// and minus zoom, Z zooms into the selection, Esc clears it or else the crosshair, Home and 0 follow the newest sample
/// again, and further keys act on the moment of the crosshair. Other keys are not consumed.
final class PlotKeys {
    private static final double STEP = 0.01;
    private static final long SHORTEST_STEP = 1_000;
    private static final double PAN = 0.5;
    private static final double ZOOM = 1.25;

    private final TimeWindow window;
    private final Map<KeyCode, Consumer<Instant>> moments = new EnumMap<>(KeyCode.class);

    /// Makes `view` reachable with the Tab key and handles its keys.
    PlotKeys(Region view, TimeWindow window) {
        this.window = window;
        view.setFocusTraversable(true);
        view.setAccessibleHelp("Left and Right move the crosshair, with Shift they select, Page Up and Page Down pan, "
                + "plus and minus zoom, Z zooms into the selection, B compares before and after a mark, M selects from "
                + "mark to mark, N adds a note, Escape clears the selection or the crosshair, Home or 0 follows the "
                + "newest sample, L shows the log");
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
    }

    private void press(KeyEvent event) {
        boolean taken = event.getTarget().equals(event.getSource()) && !event.isShortcutDown() && !event.isAltDown();
        if (taken && act(event)) {
            event.consume();
        }
    }

    private boolean act(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT, KP_LEFT -> move(-1, event.isShiftDown());
            case RIGHT, KP_RIGHT -> move(1, event.isShiftDown());
            case PAGE_UP -> pan(-PAN);
            case PAGE_DOWN -> pan(PAN);
            // On layouts where plus needs Shift, its key is the equals sign.
            case PLUS, ADD, EQUALS -> zoom(1 / ZOOM);
            case MINUS, SUBTRACT -> zoom(ZOOM);
            case HOME, DIGIT0, NUMPAD0 -> window.reset();
            case Z -> window.zoomToSelection();
            case ESCAPE -> {
                return escape();
            }
            default -> {
                Consumer<Instant> action = moments.get(event.getCode());
                if (action == null) {
                    return false;
                }
                action.accept(Instant.ofEpochMilli(pointed()));
            }
        }
        return true;
    }

    /// Clears the selection, else the crosshair. Returns whether there was one.
    private boolean escape() {
        if (window.selectionProperty().get() != null) {
            window.clearSelection();
            return true;
        }
        boolean shown = window.cursorProperty().get() != TimeWindow.NO_CURSOR;
        window.clearCursor();
        return shown;
    }

    void onMoment(KeyCode key, Consumer<Instant> action) {
        moments.put(key, action);
    }

    /// The time of the cross hair; without one, the newest for a chart that follows, else the middle of the window.
    private long pointed() {
        Span span = window.span();
        long cursor = window.cursorProperty().get();
        return cursor != TimeWindow.NO_CURSOR
                ? cursor
                : window.following() ? span.to() : span.from() + span.length() / 2;
    }

    /// Moves the crosshair by a hundredth of the window, at least a second; at its edge the window moves along.
    private void move(int direction, boolean selecting) {
        Span span = window.span();
        long before = pointed();
        long step = Math.max(SHORTEST_STEP, Math.round(span.length() * STEP));
        long after = Math.min(before + direction * step, window.newest());
        if (selecting) {
            window.select(anchor(before), after);
        }
        if (after < span.from() || after > span.to()) {
            window.pan(direction * step);
        }
        window.moveCursor(after);
    }

    /// The end of the selection that stays: the one opposite to the crosshair, else the crosshair itself.
    private long anchor(long cursor) {
        Span selected = window.selectionProperty().get();
        if (selected != null && cursor == selected.from()) {
            return selected.to();
        }
        return selected != null && cursor == selected.to() ? selected.from() : cursor;
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
