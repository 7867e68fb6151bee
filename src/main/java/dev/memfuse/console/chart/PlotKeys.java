package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

import dev.memfuse.console.chart.data.Span;

/// Keys of a focused chart. One list has the keys that every chart knows with what they do, in words for the help of
/// screen readers; further keys act on the moment of the crosshair. Other keys are not consumed.
final class PlotKeys {
    private static final double STEP = 0.01;
    private static final long SHORTEST_STEP = 1_000;
    private static final double PAN = 0.5;
    private static final double ZOOM = 1.25;
    private static final Set<KeyCode> TO_THE_LEFT = Set.of(KeyCode.LEFT, KeyCode.KP_LEFT);
    private static final Set<KeyCode> OUT = Set.of(KeyCode.MINUS, KeyCode.SUBTRACT);

    /// What some keys do.
    ///
    /// @param action returns whether the key had an effect; without one it is left to others
    private record Command(Set<KeyCode> keys, String help, Predicate<KeyEvent> action) {}

    private final Region view;
    private final TimeWindow window;
    private final List<Command> commands = new ArrayList<>();

    /// Makes `view` reachable with the Tab key and handles its keys.
    PlotKeys(Region view, TimeWindow window) {
        this.view = view;
        this.window = window;
        add(Set.of(KeyCode.LEFT, KeyCode.KP_LEFT, KeyCode.RIGHT, KeyCode.KP_RIGHT),
                "Left and Right move the crosshair, with Shift they select", event -> move(
                        TO_THE_LEFT.contains(event.getCode()) ? -1 : 1, event.isShiftDown()));
        add(Set.of(KeyCode.PAGE_UP, KeyCode.PAGE_DOWN), "Page Up and Page Down pan",
                event -> pan(KeyCode.PAGE_UP.equals(event.getCode()) ? -PAN : PAN));
        // On layouts where plus needs Shift, its key is the equals sign.
        add(Set.of(KeyCode.PLUS, KeyCode.ADD, KeyCode.EQUALS, KeyCode.MINUS, KeyCode.SUBTRACT), "plus and minus zoom",
                event -> zoom(OUT.contains(event.getCode()) ? ZOOM : 1 / ZOOM));
        add(Set.of(KeyCode.Z), "Z zooms into the selection", _ -> window.zoomToSelection());
        commands.add(new Command(Set.of(KeyCode.ESCAPE), "Escape clears the selection or the crosshair",
                _ -> escape()));
        add(Set.of(KeyCode.HOME, KeyCode.DIGIT0, KeyCode.NUMPAD0), "Home or 0 follows the newest sample",
                _ -> window.reset());
        view.setFocusTraversable(true);
        describe();
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
    }

    private void add(Set<KeyCode> keys, String help, Consumer<KeyEvent> action) {
        commands.add(new Command(keys, help, event -> {
            action.accept(event);
            return true;
        }));
    }

    private void describe() {
        view.setAccessibleHelp(commands.stream().map(Command::help).collect(Collectors.joining(", ")));
    }

    private void press(KeyEvent event) {
        boolean taken = event.getTarget().equals(event.getSource()) && !event.isShortcutDown() && !event.isAltDown();
        if (taken && act(event)) {
            event.consume();
        }
    }

    private boolean act(KeyEvent event) {
        return commands.stream().filter(command -> command.keys().contains(event.getCode())).findFirst()
                .filter(command -> command.action().test(event)).isPresent();
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

    /// @param text what it does, with `%s` for the time
    void onMoment(String text, KeyCode key, Consumer<Instant> action) {
        String help = key.getName() + ": " + text.substring(0, 1).toLowerCase(Locale.ROOT)
                + text.substring(1).replace("%s", "the crosshair");
        add(Set.of(key), help, _ -> action.accept(Instant.ofEpochMilli(pointed())));
        describe();
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
