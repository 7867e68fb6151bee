package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import dev.memfuse.console.fx.Remembered;
import org.junit.jupiter.api.Test;

/// Three charts that are moved, hidden and enlarged.
class ChartArrangementTest {
    private static final List<String> USUAL = List.of("a", "b", "c");

    private final Remembered kept = new Remembered();
    private final ChartArrangement charts = new ChartArrangement(USUAL, kept);

    private ChartArrangement afterARestart() {
        return new ChartArrangement(USUAL, new Remembered(kept.values()));
    }

    @Test
    void aMovedChartExchangesItsPlaceWithItsShownNeighbour() {
        charts.hide("b");
        charts.move("c", -1);
        assertEquals(List.of("c", "a"), charts.shown());
        charts.showHidden();
        assertEquals(List.of("c", "b", "a"), charts.shown());
        assertFalse(charts.mayMove("c", -1));
        charts.move("c", -1);
        assertEquals(List.of("c", "b", "a"), charts.shown());
        assertEquals(List.of("c", "b", "a"), afterARestart().shown());
    }

    @Test
    void theLastChartIsNotHidden() {
        charts.hide("a");
        charts.hide("b");
        assertFalse(charts.mayHide("c"));
        charts.hide("c");
        assertEquals(List.of("c"), charts.shown());
        assertEquals(List.of("c"), afterARestart().shown());
    }

    @Test
    void anEnlargedChartIsAloneUntilTheOthersAreShownAgain() {
        charts.hide("a");
        charts.enlarge("b");
        assertEquals(List.of("b"), charts.shown());
        assertEquals(List.of("b"), afterARestart().shown());
        assertTrue(afterARestart().enlarged());
        charts.restore();
        assertEquals(List.of("b", "c"), charts.shown());
    }

    @Test
    void theUsualOrderHasAllChartsAndKeepsNothing() {
        charts.move("a", 1);
        charts.hide("c");
        charts.enlarge("b");
        assertFalse(charts.isUsual());
        charts.reset();
        assertTrue(charts.isUsual());
        assertEquals(Map.of(), kept.values());
    }

    @Test
    void namesOfAnotherVersionAreIgnored() {
        ChartArrangement other = new ChartArrangement(USUAL, new Remembered(Map.of("live.charts.order", "x,c,c,a",
                "live.charts.hidden", "x,a,b,c", "live.charts.alone", "x")));
        assertEquals(List.of("c", "a", "b"), other.shown());
    }
}
