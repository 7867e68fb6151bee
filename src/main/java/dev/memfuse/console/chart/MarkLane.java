package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import javafx.geometry.Bounds;
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

/// One lane with the marks of all charts of a page, over the time of their [TimeWindow]. A click on a mark acts on it;
/// with the keyboard, Left and Right choose a mark and Enter or Space act on it. Pointing at the lane moves the
/// crosshair of the charts, and the lane shows theirs. FX thread only.
public final class MarkLane extends Pane {
    private static final String HELP = "Left and Right choose a mark, Enter compares before and after it";

    private final TimeWindow window;
    private final MarkLayer layer = new MarkLayer();
    private final WarmupLayer warmups = new WarmupLayer(this::xOf);
    private final Rectangle selection = area("live-chart-selection");
    private final Rectangle cursor = area("mark-lane-cursor");
    private final Rectangle chosen = area("mark-lane-chosen");
    private final Label none = new Label("No marks in this time: changes, loads, alerts and faults appear here");
    private final Tooltip tooltip = new Tooltip();
    private List<EventMark> marks = List.of();
    private ShownMarks shown = ShownMarks.NONE;
    private Consumer<Instant> onMark = _ -> {};
    private @Nullable Instant selected;

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
        focusedProperty().subscribe(focused -> {
            if (!focused) {
                choose(null);
            }
        });
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
        layer.show(shown.groups(), this::xOf, getWidth());
        none.setVisible(shown.groups().isEmpty());
        setAccessibleText(text());
        placeSelection();
        placeCursor();
        placeChosen();
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        none.relocate(8, (getHeight() - none.getHeight()) / 2);
    }

    private String text() {
        return shown.groups().isEmpty()
                ? none.getText()
                : "Marks: " + shown.groups().stream().map(MarkLane::text).collect(Collectors.joining("; "));
    }

    private static String text(MarkGroup mark) {
        return TimeAxis.clock(mark.from().toEpochMilli()) + "  " + mark.text();
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
        chosen.setVisible(mark.isPresent());
        mark.ifPresent(now -> place(chosen, xOf(now.from()) - 6, xOf(now.to()) + 6));
    }

    private Optional<MarkGroup> chosenMark() {
        return shown.groups().stream().filter(mark -> mark.from().equals(selected)).findFirst();
    }

    private void point(double x) {
        Optional<MarkGroup> mark = shown.at(x, this::xOf);
        setCursor(mark.isPresent() ? Cursor.HAND : Cursor.DEFAULT);
        mark.ifPresentOrElse(this::tell, () -> Tooltip.uninstall(this, tooltip));
        Span span = window.span();
        window.cursor(span.from() + Math.round(x / getWidth() * span.length()));
    }

    private void tell(MarkGroup mark) {
        tooltip.setText(text(mark) + "\nClick: compares before and after");
        Tooltip.install(this, tooltip);
    }

    private void leave() {
        Tooltip.uninstall(this, tooltip);
        window.cursor(TimeWindow.NO_CURSOR);
    }

    private void click(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
            shown.at(event.getX(), this::xOf).map(MarkGroup::from).ifPresent(onMark);
        }
    }

    private void press(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        switch (event.getCode()) {
            case LEFT, KP_LEFT -> step(-1);
            case RIGHT, KP_RIGHT -> step(1);
            case ENTER, SPACE, B -> chosenMark().map(MarkGroup::from).ifPresent(onMark);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void step(int direction) {
        List<MarkGroup> groups = shown.groups();
        if (groups.isEmpty()) {
            return;
        }
        int now = chosenMark().map(groups::indexOf).orElse(direction > 0 ? -1 : groups.size());
        choose(groups.get(Math.clamp(now + direction, 0, groups.size() - 1)));
    }

    private void choose(@Nullable MarkGroup mark) {
        selected = mark == null ? null : mark.from();
        placeChosen();
        tooltip.hide();
        setAccessibleText(mark == null ? text() : text(mark));
        if (mark != null) {
            tooltip.setText(text(mark) + "\nEnter: compares before and after");
            Bounds here = localToScreen(getLayoutBounds());
            if (here != null) {
                tooltip.show(this, here.getMinX() + Math.clamp(xOf(mark.from()), 0, getWidth()), here.getMaxY());
            }
            window.moveCursor(mark.from().toEpochMilli());
        }
    }
}
