package dev.memfuse.console.chart.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import dev.memfuse.metrics.SampleSlices;
import dev.memfuse.metrics.slice.LatencySlice;
import org.junit.jupiter.api.Test;

class HeatGridTest {
    /// Four decades of a row each, from 1000 ms at the top to 0.1 ms at the bottom.
    private static final PlotRange RANGE = new PlotRange(0.1, 1_000, 1);
    private static final Span SPAN = new Span(0, 10_000);

    private final HeatGrid grid = new HeatGrid();

    private static HeatColumn second(int from, LatencySlice times) {
        return new HeatColumn(from * 1_000L, from * 1_000L + 1_000, 1, times);
    }

    @Test
    void countsCallsInTheirSecondAndDecade() {
        grid.fill(List.of(
                second(0, LatencySlice.merge(List.of(SampleSlices.times(50, 0.5), SampleSlices.times(3, 200)))),
                second(4, SampleSlices.times(7, 5))), SPAN, 10, 4, RANGE);

        assertEquals(50, grid.rate(0, 3));
        assertEquals(3, grid.rate(0, 0));
        assertEquals(7, grid.rate(4, 2));
        assertEquals(0, grid.rate(4, 1));
        assertEquals(0, grid.rate(1, 3), "an empty second");
        assertEquals(3, grid.lowest());
        assertEquals(50, grid.highest());
    }

    @Test
    void aSecondIsAsWideAsItsTimeAndSecondsThatShareAColumnAreAveraged() {
        List<HeatColumn> two = List.of(second(0, SampleSlices.times(30, 5)), second(1, SampleSlices.times(10, 5)));

        grid.fill(two, SPAN, 20, 4, RANGE);
        assertEquals(List.of(30.0, 30.0, 10.0, 10.0, 0.0), List.of(grid.rate(0, 2), grid.rate(1, 2), grid.rate(2, 2),
                grid.rate(3, 2), grid.rate(4, 2)));

        grid.fill(two, SPAN, 5, 4, RANGE);
        assertEquals(20, grid.rate(0, 2), "40 calls in two seconds");
    }

    @Test
    void aSliceOfTenSecondsHasTheColoursOfItsRate() {
        grid.fill(List.of(new HeatColumn(0, 10_000, 10, SampleSlices.times(500, 5))), SPAN, 5, 4, RANGE);

        assertEquals(50, grid.rate(0, 2));
        assertEquals(50, grid.rate(4, 2));
    }

    @Test
    void whatLiesOutsideOfTheSpanIsNotDrawnAndWhatReachesIntoItIs() {
        grid.fill(List.of(second(-3, SampleSlices.times(9, 5)), second(10, SampleSlices.times(9, 5)),
                new HeatColumn(-500, 500, 1, SampleSlices.times(4, 5))), SPAN, 10, 4, RANGE);

        assertEquals(4, grid.highest());
        assertEquals(4, grid.rate(0, 2));
    }

    @Test
    void valuesBeyondTheAxisAreInItsNearestRow() {
        grid.fill(List.of(second(0, LatencySlice.merge(
                List.of(SampleSlices.times(2, 0.001), SampleSlices.times(1, 90_000))))), SPAN, 10, 4, RANGE);

        assertEquals(2, grid.rate(0, 3));
        assertEquals(1, grid.rate(0, 0));
    }

    @Test
    void levelsAreLogarithmicBetweenRareAndFrequent() {
        grid.fill(List.of(second(0, SampleSlices.times(1, 5)), second(1, SampleSlices.times(100, 5))), SPAN, 10, 4,
                RANGE);

        assertEquals(0, grid.level(1));
        assertEquals(0.5, grid.level(10), 1e-9);
        assertEquals(1, grid.level(100));
    }
}
