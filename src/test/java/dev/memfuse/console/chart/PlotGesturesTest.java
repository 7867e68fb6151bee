package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import javafx.stage.Window;

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
    void draggingZoomsToTheTimeBetweenPressAndRelease() {
        OnFx.run(() -> {
            fire(MouseEvent.MOUSE_PRESSED, 0.25, false, 1);
            fire(MouseEvent.MOUSE_DRAGGED, 0.5, false, 1);
            fire(MouseEvent.MOUSE_RELEASED, 0.75, false, 1);
        });

        assertEquals(-90_000.0, (double) (window.span().from() - ChartFixture.NOW), 500);
        assertEquals(-30_000.0, (double) (window.span().to() - ChartFixture.NOW), 500);
        assertEquals(false, window.following());
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
            Node flag = chart.view().lookup(".live-chart-flag");

            assertEquals(canvas.getLayoutBounds().getWidth() * 0.25, flag.getLayoutX(), 1.5);
        });
    }

    @Test
    void theOtherButtonOffersTheLogAtTheMomentUnderThePointer() {
        List<Long> moments = new ArrayList<>();
        OnFx.run(() -> {
            chart.onMoment("Show log", moment -> moments.add(moment.toEpochMilli() - ChartFixture.NOW));
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

    private void fire(EventType<MouseEvent> type, double share, boolean shift, int clicks) {
        Node canvas = chart.view().lookup("#plot-rates");
        var at = canvas.localToScene(canvas.getLayoutBounds().getWidth() * share, 20);
        MouseButton button = clicks == 0 ? MouseButton.NONE : MouseButton.PRIMARY;
        canvas.fireEvent(new MouseEvent(type, at.getX(), at.getY(), at.getX(), at.getY(), button, clicks, shift, false,
                false, false, clicks > 0, false, false, false, false, true, null));
    }
}
