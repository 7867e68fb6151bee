package dev.memfuse.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Objects;

import dev.memfuse.metrics.stats.Interval;
import org.junit.jupiter.api.Test;

final class SliceStatsTest {
    private static final int CALLS = 1_000;

    /// @param millis latency of all calls of each slice
    private static SliceStats slices(double... millis) {
        SliceStats all = new SliceStats("all");
        for (double latency : millis) {
            SliceStats slice = new SliceStats("slice");
            for (int i = 0; i < CALLS; i++) {
                slice.succeeded(Math.round(latency * 1e6), 1);
            }
            slice.end(1);
            all.add(slice);
        }
        return all;
    }

    @Test
    void aDiskThatStandsStillInOneSliceDoesNotChangeTheMedianDifference() {
        SliceStats http = slices(5, 6, 400, 5, 6);
        SliceStats inProcess = slices(4, 4, 4, 4, 4);

        assertEquals(2, Objects.requireNonNull(SliceStats.medianDifferenceMs(http, inProcess, 99)), 0.02);
    }

    @Test
    void aSliceIsComparedWithTheOneBesideIt() {
        SliceStats http = slices(11, 101, 1_001);
        SliceStats inProcess = slices(10, 100, 1_000);

        assertEquals(1, Objects.requireNonNull(SliceStats.medianDifferenceMs(http, inProcess, 50)), 0.1);
    }

    @Test
    void theDifferenceHasAnIntervalFromSixSlicesOn() {
        SliceStats http = slices(11, 102, 1_003, 12, 101, 1_001);
        SliceStats inProcess = slices(10, 100, 1_000, 10, 100, 1_000);

        Interval interval = Objects.requireNonNull(SliceStats.differenceMs(http, inProcess, 99));

        assertEquals(1, interval.low(), 0.6);
        assertEquals(3, interval.high(), 0.6);
        assertNull(SliceStats.differenceMs(slices(11, 102, 1_003, 12, 101), slices(10, 100, 1_000, 10, 100), 99));
    }

    @Test
    void nothingMeasuredHasNoDifference() {
        assertNull(SliceStats.medianDifferenceMs(new SliceStats("one"), slices(1), 99));
    }
}
