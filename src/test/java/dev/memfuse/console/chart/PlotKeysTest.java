package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
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
    void leftAndRightPanByATenthAndWithShiftByHalf() {
        press(KeyCode.LEFT, false);
        assertEquals(ChartFixture.NOW - LENGTH / 10, window.span().to());
        press(KeyCode.LEFT, true);
        assertEquals(ChartFixture.NOW - LENGTH / 10 - LENGTH / 2, window.span().to());
        press(KeyCode.RIGHT, false);

        assertEquals(ChartFixture.NOW - LENGTH / 2, window.span().to());
        assertEquals(LENGTH, window.span().length());
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
        press(KeyCode.LEFT, false);

        press(key, false);

        assertEquals(true, window.following());
    }

    @Test
    void theKeyLActsOnTheMomentOfTheCrossHairElseOnTheNewestOrTheMiddle() {
        List<Long> moments = new ArrayList<>();
        OnFx.run(() -> chart.onMoment("Show log", moment -> moments.add(moment.toEpochMilli() - ChartFixture.NOW)));

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
