package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.shape.Rectangle;
import javafx.stage.Stage;
import javafx.stage.Window;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.OnFx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class PlotGesturesTest {
    private final TimeWindow window = ChartFixture.window();
    private final LiveChart chart = OnFx.get(() -> ChartFixture.chart(ChartSpec.Type.LINES, window));
    private Stage stage;

    @BeforeEach
    void showAChart() {
        stage = OnFx.get(() -> {
            Stage created = new Stage();
            created.setScene(ChartFixture.scene(chart.view()));
            created.show();
            return created;
        });
        Frames.await(stage.getScene(), 2);
    }

    @AfterEach
    void close() {
        OnFx.run(stage::close);
    }

    @Test
    void draggingSelectsTheTimeBetweenPressAndReleaseAndMovesNothing() {
        Span before = window.span();
        OnFx.run(() -> drag(0.25, 0.5, 0.75));

        assertSelected(-90_000, -30_000);
        assertEquals(before, window.span());
        assertEquals(true, window.following());
    }

    @Test
    void draggingToTheLeftSelectsAsWell() {
        OnFx.run(() -> drag(0.75, 0.5, 0.25));

        assertSelected(-90_000, -30_000);
    }

    @Test
    void theSelectionKeepsItsTimeWhileTheWindowMoves() {
        OnFx.run(() -> {
            drag(0.25, 0.5, 0.75);
            window.newest(ChartFixture.NOW + 30_000);
            Rectangle band = (Rectangle) chart.view().lookup(".live-chart-selection");
            double width = chart.view().lookup("#plot-rates").getLayoutBounds().getWidth();

            assertEquals(0, band.getX(), 2, "a quarter further to the left");
            assertEquals(width / 2, band.getWidth(), 2);
        });

        assertSelected(-90_000, -30_000);
    }

    @Test
    void theSpanBeforeTheSelectionIsShadedToo() {
        OnFx.run(() -> {
            drag(0.5, 0.6, 0.75);
            Rectangle before = (Rectangle) chart.view().lookup(".live-chart-before");
            double width = chart.view().lookup("#plot-rates").getLayoutBounds().getWidth();

            assertEquals(true, before.isVisible());
            assertEquals(width / 4, before.getX(), 2);
            assertEquals(width / 4, before.getWidth(), 2);
        });
    }

    @Test
    void anEdgeOfTheSelectionIsDraggedElsewhere() {
        OnFx.run(() -> {
            drag(0.25, 0.5, 0.75);
            drag(0.75, 0.6, 0.5);
        });
        assertSelected(-90_000, -60_000);

        OnFx.run(() -> drag(0.25, 0.3, 0.4));
        assertSelected(-72_000, -60_000);
    }

    @Test
    void aClickOutsideClearsTheSelectionAndOneInsideDoesNot() {
        OnFx.run(() -> {
            drag(0.25, 0.5, 0.75);
            press(0.4);
            fire(MouseEvent.MOUSE_CLICKED, 0.4, false, 1);
        });
        assertSelected(-90_000, -30_000);

        OnFx.run(() -> {
            press(0.1);
            fire(MouseEvent.MOUSE_CLICKED, 0.1, false, 1);
        });
        assertEquals(null, window.selectionProperty().get());
    }

    @Test
    void aClickOnAMarkActsOnIt() {
        List<Instant> clicked = new ArrayList<>();
        OnFx.run(() -> {
            chart.onMark(clicked::add);
            press(0.505);
            fire(MouseEvent.MOUSE_CLICKED, 0.505, false, 1);
            press(0.7);
            fire(MouseEvent.MOUSE_CLICKED, 0.7, false, 1);
        });

        assertEquals(List.of(Instant.ofEpochMilli(ChartFixture.NOW - 60_000)), clicked);
    }

    @Test
    void draggingWithCtrlZoomsToTheTimeBetweenPressAndRelease() {
        OnFx.run(() -> {
            fire(MouseEvent.MOUSE_PRESSED, 0.25, false, true, 1);
            fire(MouseEvent.MOUSE_DRAGGED, 0.5, false, true, 1);
            fire(MouseEvent.MOUSE_RELEASED, 0.75, false, true, 1);
        });

        assertEquals(-90_000.0, (double) (window.span().from() - ChartFixture.NOW), 500);
        assertEquals(-30_000.0, (double) (window.span().to() - ChartFixture.NOW), 500);
        assertEquals(false, window.following());
        assertEquals(null, window.selectionProperty().get());
    }

    @Test
    void draggingWithShiftMovesTheTimeAlongWithThePointer() {
        OnFx.run(() -> {
            fire(MouseEvent.MOUSE_PRESSED, 0.25, true, 1);
            fire(MouseEvent.MOUSE_DRAGGED, 0.5, true, 1);
            fire(MouseEvent.MOUSE_RELEASED, 0.5, true, 1);
        });

        assertEquals(-30_000.0, (double) (window.span().to() - ChartFixture.NOW), 500);
        assertEquals(120_000, window.span().length());
    }

    @Test
    void aDoubleClickFollowsTheNewestSampleAgain() {
        OnFx.run(() -> {
            window.zoom(ChartFixture.NOW - 60_000, ChartFixture.NOW - 30_000);
            fire(MouseEvent.MOUSE_CLICKED, 0.5, false, 2);
        });

        assertEquals(true, window.following());
    }

    @Test
    void thePointerMovesTheCrossHairOfAllChartsUntilItLeaves() {
        OnFx.run(() -> fire(MouseEvent.MOUSE_MOVED, 0.5, false, 0));
        long over = window.cursorProperty().get();
        OnFx.run(() -> fire(MouseEvent.MOUSE_EXITED, 0.5, false, 0));

        assertTrue(Math.abs(over - (ChartFixture.NOW - 60_000)) < 500, () -> "cursor at " + over);
        assertEquals(TimeWindow.NO_CURSOR, window.cursorProperty().get());
    }

    @Test
    void aRestingPointerKeepsItsPlaceAndTheTimeUnderItMoves() {
        OnFx.run(() -> fire(MouseEvent.MOUSE_MOVED, 0.5, false, 0));
        long before = window.cursorProperty().get();

        OnFx.run(() -> window.newest(ChartFixture.NOW + 30_000));

        assertEquals(30_000.0, (double) (window.cursorProperty().get() - before), 500);
    }

    @Test
    void aMarkIsAtItsTimeRightAfterAZoomAndNotOnlyAfterTheNextFrame() {
        OnFx.run(() -> {
            window.zoom(ChartFixture.NOW - 70_000, ChartFixture.NOW - 30_000);
            Node canvas = chart.view().lookup("#plot-rates");
            Node line = chart.view().lookup(".live-chart-mark");

            assertEquals(canvas.getLayoutBounds().getWidth() * 0.25, line.getLayoutX(), 1.5);
        });
    }

    @Test
    void theOtherButtonOffersTheLogAtTheMomentUnderThePointer() {
        List<Long> moments = new ArrayList<>();
        OnFx.run(() -> {
            chart.onMoment("Show log at %s", KeyCode.L,
                    moment -> moments.add(moment.toEpochMilli() - ChartFixture.NOW));
            Node canvas = chart.view().lookup("#plot-rates");
            var at = canvas.localToScene(canvas.getLayoutBounds().getWidth() * 0.5, 20);
            canvas.fireEvent(new MouseEvent(MouseEvent.MOUSE_CLICKED, at.getX(), at.getY(), at.getX(), at.getY(),
                    MouseButton.SECONDARY, 1, false, false, false, false, false, false, true, false, false, true,
                    null));
            ContextMenu menu = (ContextMenu) Window.getWindows().stream().filter(ContextMenu.class::isInstance)
                    .findFirst().orElseThrow();
            assertTrue(menu.getItems().getFirst().getText().startsWith("Show log at "));
            menu.getItems().getFirst().fire();
            menu.hide();
        });

        assertEquals(1, moments.size());
        assertEquals(-60_000.0, moments.getFirst(), 500);
    }

    private void assertSelected(long from, long to) {
        Span selected = Objects.requireNonNull(window.selectionProperty().get());
        assertEquals(from, selected.from() - ChartFixture.NOW, 600.0);
        assertEquals(to, selected.to() - ChartFixture.NOW, 600.0);
    }

    private void press(double share) {
        fire(MouseEvent.MOUSE_PRESSED, share, false, 1);
        fire(MouseEvent.MOUSE_RELEASED, share, false, 1);
    }

    private void drag(double from, double over, double to) {
        fire(MouseEvent.MOUSE_PRESSED, from, false, 1);
        fire(MouseEvent.MOUSE_DRAGGED, over, false, 1);
        fire(MouseEvent.MOUSE_DRAGGED, to, false, 1);
        fire(MouseEvent.MOUSE_RELEASED, to, false, 1);
    }

    private void fire(EventType<MouseEvent> type, double share, boolean shift, int clicks) {
        fire(type, share, shift, false, clicks);
    }

    private void fire(EventType<MouseEvent> type, double share, boolean shift, boolean control, int clicks) {
        Node canvas = chart.view().lookup("#plot-rates");
        var at = canvas.localToScene(canvas.getLayoutBounds().getWidth() * share, 20);
        MouseButton button = clicks == 0 ? MouseButton.NONE : MouseButton.PRIMARY;
        canvas.fireEvent(new MouseEvent(type, at.getX(), at.getY(), at.getX(), at.getY(), button, clicks, shift,
                control, false, false, clicks > 0, false, false, false, false, true, null));
    }
}
