package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import javafx.geometry.Bounds;
import javafx.geometry.Dimension2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.metrics.EventMark;
import org.jspecify.annotations.Nullable;

/// One lane with the marks of all charts of a page, over the time of their [TimeWindow]. A click on a mark acts on it,
/// a double click adds or changes a note; with the keyboard, Left and Right choose a mark and Enter or Space act on it.
/// Pointing at the lane moves the crosshair of the charts, and the lane shows theirs. FX thread only.
public final class MarkLane extends Pane {
    private static final String HELP = "Left and Right choose a mark, Enter compares before and after it or changes "
            + "a note, B compares before and after a note, N adds a note, Delete removes the chosen note";

    private final TimeWindow window;
    private final MarkLayer layer = new MarkLayer();
    private final WarmupLayer warmups = new WarmupLayer(this::xOf);
    private final Rectangle selection = area("live-chart-selection");
    private final Rectangle cursor = area("mark-lane-cursor");
    private final Rectangle chosen = area("mark-lane-chosen");
    private final Label none = new Label(
            "No marks in this time: changes, loads, alerts and faults appear here; a double click adds a note");
    private final Tooltip tooltip = new Tooltip();
    private List<EventMark> marks = List.of();
    private ShownMarks shown = ShownMarks.NONE;
    private Consumer<Instant> onMark = _ -> {};
    private NoteActions notes = NoteActions.NONE;
    private @Nullable MarkGroup selected;
    private boolean left;
    /// The selection of before a click: a second click means a note and no comparison.
    private @Nullable Span selectedBefore;

    public MarkLane(TimeWindow window) {
        this.window = window;
        setId("mark-lane");
        getStyleClass().add("mark-lane");
        none.getStyleClass().add("mark-lane-none");
        none.setMouseTransparent(true);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(460);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleHelp(HELP);
        getChildren().addAll(warmups.view(), selection, none, chosen, layer.view(), cursor);
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> point(event.getX()));
        addEventHandler(MouseEvent.MOUSE_EXITED, _ -> leave());
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        // The choice stays for the keyboard, which comes back from the field of a note.
        focusedProperty().subscribe((_, focused) -> {
            left = !focused;
            tooltip.hide();
            placeChosen();
            tellReader();
        });
        CrosshairFocus.keep(this, window);
        window.spanProperty().subscribe(_ -> redraw());
        window.cursorProperty().subscribe(_ -> placeCursor());
        window.selectionProperty().subscribe(_ -> placeSelection());
        widthProperty().subscribe(_ -> redraw());
    }

    private static Rectangle area(String style) {
        Rectangle area = new Rectangle();
        area.getStyleClass().add(style);
        area.setManaged(false);
        area.setMouseTransparent(true);
        area.setVisible(false);
        return area;
    }

    /// Sets what a click on a mark does with its time.
    public void onMark(Consumer<Instant> action) {
        onMark = action;
    }

    /// Sets what a double click and the keys do with notes.
    public void onNotes(NoteActions actions) {
        notes = actions;
    }

    /// Returns the position of a moment in pixels from the left, at the edge for one outside of the visible time.
    public double position(Instant at) {
        return Math.clamp(xOf(at), 0, getWidth());
    }

    /// Shows the marks of the visible time.
    ///
    /// @param next oldest first
    public void marks(List<EventMark> next) {
        marks = next;
        redraw();
    }

    private void redraw() {
        if (getWidth() <= 0) {
            return;
        }
        Span span = window.span();
        shown = ShownMarks.of(marks, span, window.newest(), getWidth());
        warmups.show(marks, span, getWidth(), getHeight());
        layer.show(shown.groups(), this::xOf, new Dimension2D(getWidth(), getHeight()));
        none.setVisible(shown.groups().isEmpty());
        tellReader();
        placeSelection();
        placeCursor();
        placeChosen();
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        none.relocate(8, (getHeight() - none.getHeight()) / 2);
    }

    /// Tells the chosen mark, else all of them.
    private void tellReader() {
        setAccessibleText(chosenMark().filter(_ -> !left).map(MarkLane::text).orElseGet(this::text));
    }

    private String text() {
        return shown.groups().isEmpty()
                ? none.getText()
                : "Marks: " + shown.groups().stream().map(MarkLane::text).collect(Collectors.joining("; "));
    }

    private static String text(MarkGroup mark) {
        return TimeAxis.clock(mark.from().toEpochMilli()) + "  " + mark.described();
    }

    private double xOf(long millis) {
        Span span = window.span();
        return (millis - span.from()) / (double) span.length() * getWidth();
    }

    private double xOf(Instant at) {
        return xOf(at.toEpochMilli());
    }

    private void place(Rectangle area, double from, double to) {
        double left = Math.clamp(from, 0, getWidth());
        area.setX(left);
        area.setWidth(Math.clamp(to, 0, getWidth()) - left);
        area.setHeight(getHeight());
    }

    private void placeSelection() {
        Span now = window.selectionProperty().get();
        selection.setVisible(now != null);
        if (now != null) {
            place(selection, xOf(now.from()), xOf(now.to()));
        }
    }

    private void placeCursor() {
        long at = window.cursorProperty().get();
        double x = Math.rint(xOf(at));
        cursor.setVisible(at != TimeWindow.NO_CURSOR && x >= 0 && x <= getWidth());
        if (cursor.isVisible()) {
            place(cursor, x, x + 1);
        }
    }

    private void placeChosen() {
        Optional<MarkGroup> mark = chosenMark();
        chosen.setVisible(mark.isPresent() && !left);
        mark.ifPresent(now -> place(chosen, xOf(now.from()) - 6, xOf(now.to()) + 6));
    }

    private Optional<MarkGroup> chosenMark() {
        MarkGroup before = selected;
        if (before == null) {
            return Optional.empty();
        }
        // A note whose text was changed since is still the chosen one.
        return shown.groups().stream().filter(before::isSame).findFirst()
                .or(() -> shown.groups().stream().filter(mark -> before.isNote() && mark.isNote()
                        && mark.from().equals(before.from())).findFirst());
    }

    private void point(double x) {
        List<MarkGroup> here = shown.allAt(x, this::xOf);
        setCursor(here.isEmpty() ? Cursor.DEFAULT : Cursor.HAND);
        if (here.isEmpty()) {
            Tooltip.uninstall(this, tooltip);
        } else {
            tooltip.setHideOnEscape(true);
            tooltip.setText(here.stream().map(MarkLane::text).collect(Collectors.joining("\n"))
                    + "\nClick: compares before and after. Double click: "
                    + (here.stream().anyMatch(MarkGroup::isNote) ? "changes the note" : "adds a note"));
            Tooltip.install(this, tooltip);
        }
        window.cursor(timeAt(x));
    }

    private long timeAt(double x) {
        Span span = window.span();
        return span.from() + Math.round(x / getWidth() * span.length());
    }

    private void leave() {
        Tooltip.uninstall(this, tooltip);
        window.cursor(TimeWindow.NO_CURSOR);
    }

    private void click(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY || !event.isStillSincePress()) {
            return;
        }
        // The keys that add and change notes work where the mouse did, also after the field of a note.
        requestFocus();
        if (event.getClickCount() == 1) {
            selectedBefore = window.selectionProperty().get();
            shown.at(event.getX(), this::xOf).map(MarkGroup::from).ifPresent(onMark);
        } else if (event.getClickCount() == 2) {
            window.restoreSelection(selectedBefore);
            note(event.getX());
        }
    }

    /// Opens the note at a position, or a new one: of the mark there, or else of that moment.
    private void note(double x) {
        Tooltip.uninstall(this, tooltip);
        shown.noteAt(x, this::xOf).map(MarkGroup::note).ifPresentOrElse(notes::change,
                () -> notes.add(shown.beginAt(x, this::xOf).orElseGet(() -> Instant.ofEpochMilli(timeAt(x)))));
    }

    private void press(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        switch (event.getCode()) {
            case LEFT, KP_LEFT -> step(-1);
            case RIGHT, KP_RIGHT -> step(1);
            case ENTER, SPACE -> chosenMark().ifPresent(this::open);
            case B -> chosenMark().map(MarkGroup::from).ifPresent(onMark);
            case N -> chosenMark().map(MarkGroup::from).ifPresentOrElse(notes::add, notes::addHere);
            case DELETE, BACK_SPACE -> chosenMark().filter(MarkGroup::isNote).map(MarkGroup::note)
                    .ifPresent(notes::remove);
            case ESCAPE -> {
                if (!escape()) {
                    return;
                }
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void open(MarkGroup mark) {
        if (mark.isNote()) {
            notes.change(mark.note());
        } else {
            onMark.accept(mark.from());
        }
    }

    private void step(int direction) {
        List<MarkGroup> groups = shown.groups();
        if (groups.isEmpty()) {
            return;
        }
        int now = chosenMark().map(groups::indexOf).orElse(direction > 0 ? -1 : groups.size());
        choose(groups.get(Math.clamp(now + direction, 0, groups.size() - 1)));
    }

    private void choose(MarkGroup mark) {
        selected = mark;
        placeChosen();
        tooltip.hide();
        tellReader();
        // The Escape that hides it is one that ends the choice.
        tooltip.setHideOnEscape(false);
        tooltip.setText(text(mark) + (mark.isNote()
                ? "\nEnter: changes it. Delete: removes it. B: compares before and after"
                : "\nEnter: compares before and after. N: adds a note"));
        Bounds here = localToScreen(getLayoutBounds());
        if (here != null) {
            tooltip.show(this, here.getMinX() + position(mark.from()), here.getMaxY());
        }
        pointAt(mark.from().toEpochMilli());
    }

    /// What lasts may have begun before the visible time: then the charts have no values of its begin.
    private void pointAt(long atMillis) {
        Span span = window.span();
        window.moveCursor(atMillis < span.from() || atMillis > span.to() ? TimeWindow.NO_CURSOR : atMillis);
    }

    /// Ends the choice and the crosshair. Returns whether there was one.
    private boolean escape() {
        if (chosenMark().isEmpty() && window.cursorProperty().get() == TimeWindow.NO_CURSOR) {
            return false;
        }
        selected = null;
        tooltip.hide();
        placeChosen();
        tellReader();
        window.clearCursor();
        return true;
    }
}
