package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.OnFx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fx")
class PlotKeysTest {
    private static final long LENGTH = 120_000;

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
    void theTabKeyFocusesAChartWithItsValuesAsAccessibleText() {
        OnFx.run(() -> chart.view().requestFocus());

        assertEquals(true, chart.view().isFocusTraversable());
        assertEquals(true, chart.view().getAccessibleText().startsWith("Rates in ops/s: add 1"),
                chart.view().getAccessibleText());
        assertTrue(chart.view().getAccessibleText().contains("query 60 ops/s"), chart.view().getAccessibleText());
    }

    @Test
    void theHelpNamesEveryKeyAlsoThoseThatAreAddedLater() {
        OnFx.run(() -> chart.onMoment("Add a note at %s", KeyCode.N, _ -> {}));

        assertEquals("Left and Right move the crosshair, with Shift they select, Page Up and Page Down pan, plus and "
                + "minus zoom, Z zooms into the selection, Escape clears the selection or the crosshair, Home or 0 "
                + "follows the newest sample, N: add a note at the crosshair", chart.view().getAccessibleHelp());
    }

    @Test
    void leftAndRightMoveTheCrossHairByAHundredthOfTheWindow() {
        press(KeyCode.LEFT, false);
        press(KeyCode.LEFT, false);
        assertEquals(ChartFixture.NOW - 2_400, window.cursorProperty().get());
        press(KeyCode.RIGHT, false);

        assertEquals(ChartFixture.NOW - 1_200, window.cursorProperty().get());
        assertEquals(null, window.selectionProperty().get());
        assertEquals(true, window.following());
    }

    @Test
    void escapeEndsTheCrossHairAfterTheSelection() {
        press(KeyCode.LEFT, true);

        press(KeyCode.ESCAPE, false);
        assertEquals(null, window.selectionProperty().get());
        assertEquals(ChartFixture.NOW - 1_200, window.cursorProperty().get());
        press(KeyCode.ESCAPE, false);

        assertEquals(TimeWindow.NO_CURSOR, window.cursorProperty().get());
    }

    @Test
    void shiftAndTheArrowsSelectFromWhereTheCrossHairWas() {
        OnFx.run(() -> window.cursor(ChartFixture.NOW - 60_000));

        press(KeyCode.RIGHT, true);
        press(KeyCode.RIGHT, true);
        assertEquals(new Span(ChartFixture.NOW - 60_000, ChartFixture.NOW - 57_600), window.selectionProperty().get());
        press(KeyCode.LEFT, true);
        press(KeyCode.LEFT, true);
        press(KeyCode.LEFT, true);

        Span selected = Objects.requireNonNull(window.selectionProperty().get());
        assertEquals(ChartFixture.NOW - 61_200, window.cursorProperty().get());
        assertEquals(true, selected.from() <= ChartFixture.NOW - 60_000 && selected.length() >= 1_000,
                "the selection goes to the other side: " + selected);
    }

    @Test
    void theCrossHairOfAKeyStaysWhereItIsUnderARestingPointer() {
        OnFx.run(() -> {
            Node canvas = chart.view().lookup("#plot-rates");
            var at = canvas.localToScene(canvas.getLayoutBounds().getWidth() / 2, 20);
            canvas.fireEvent(new MouseEvent(MouseEvent.MOUSE_MOVED, at.getX(), at.getY(), at.getX(), at.getY(),
                    MouseButton.NONE, 0, false, false, false, false, false, false, false, false, false, true, null));
        });
        press(KeyCode.LEFT, false);
        long there = window.cursorProperty().get();

        OnFx.run(chart::redraw);

        assertEquals(there, window.cursorProperty().get());
    }

    @Test
    void atTheEdgeTheWindowMovesAlong() {
        OnFx.run(() -> {
            window.zoom(ChartFixture.NOW - 60_000, ChartFixture.NOW - 20_000);
            window.cursor(ChartFixture.NOW - 60_000);
        });

        press(KeyCode.LEFT, false);

        assertEquals(ChartFixture.NOW - 61_000, window.cursorProperty().get());
        assertEquals(ChartFixture.NOW - 61_000, window.span().from());
    }

    @Test
    void pageUpAndPageDownPanByHalf() {
        press(KeyCode.PAGE_UP, false);
        press(KeyCode.PAGE_UP, false);
        assertEquals(ChartFixture.NOW - LENGTH, window.span().to());
        press(KeyCode.PAGE_DOWN, false);

        assertEquals(ChartFixture.NOW - LENGTH / 2, window.span().to());
        assertEquals(LENGTH, window.span().length());
    }

    @Test
    void zZoomsIntoTheSelectionAndEscapeClearsIt() {
        OnFx.run(() -> window.select(ChartFixture.NOW - 60_000, ChartFixture.NOW - 20_000));
        press(KeyCode.Z, false);
        assertEquals(new Span(ChartFixture.NOW - 60_000, ChartFixture.NOW - 20_000), window.span());

        press(KeyCode.ESCAPE, false);

        assertEquals(null, window.selectionProperty().get());
    }

    @ParameterizedTest
    @EnumSource(value = KeyCode.class, names = {"PLUS", "ADD", "EQUALS"})
    void plusShowsTheNewestMoreClosely(KeyCode plus) {
        press(plus, false);

        assertEquals(new Span(ChartFixture.NOW - 96_000, ChartFixture.NOW), window.span());
    }

    @Test
    void minusShowsMoreAroundTheMiddleOfAMovedWindow() {
        OnFx.run(() -> window.zoom(ChartFixture.NOW - 60_000, ChartFixture.NOW - 20_000));

        press(KeyCode.MINUS, false);

        assertEquals(new Span(ChartFixture.NOW - 65_000, ChartFixture.NOW - 15_000), window.span());
    }

    @ParameterizedTest
    @EnumSource(value = KeyCode.class, names = {"HOME", "DIGIT0", "NUMPAD0"})
    void homeAndZeroFollowTheNewestAgain(KeyCode key) {
        press(KeyCode.PAGE_UP, false);

        press(key, false);

        assertEquals(true, window.following());
    }

    @Test
    void theKeyLActsOnTheMomentOfTheCrossHairElseOnTheNewestOrTheMiddle() {
        List<Long> moments = new ArrayList<>();
        OnFx.run(() -> chart.onMoment("Show log at %s", KeyCode.L,
                moment -> moments.add(moment.toEpochMilli() - ChartFixture.NOW)));

        press(KeyCode.L, false);
        OnFx.run(() -> window.cursor(ChartFixture.NOW - 7_000));
        press(KeyCode.L, false);
        OnFx.run(() -> {
            window.cursor(TimeWindow.NO_CURSOR);
            window.zoom(ChartFixture.NOW - 60_000, ChartFixture.NOW - 20_000);
        });
        press(KeyCode.L, false);

        assertEquals(List.of(0L, -7_000L, -40_000L), moments);
    }

    @Test
    void keysOfTheWindowAreNotConsumed() {
        boolean consumed = OnFx.get(() -> {
            KeyEvent event = new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.DIGIT0, false, true, false, true);
            KeyEvent[] seen = {event};
            stage.getScene().addEventHandler(KeyEvent.KEY_PRESSED, arrived -> seen[0] = arrived);
            chart.view().fireEvent(event);
            return seen[0].isConsumed();
        });

        assertEquals(false, consumed);
    }

    private void press(KeyCode key, boolean shift) {
        OnFx.run(() -> chart.view().fireEvent(
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, shift, false, false, false)));
    }
}
