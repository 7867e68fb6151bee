package dev.memfuse.metrics.slice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencySliceTest {
    private static final long MILLI = 1_000_000;

    @Test
    void bucketsFollowEachOtherWithoutGapAndTheirMiddleIsWithinOnePercent() {
        for (int bucket = 0; bucket < LatencyGrid.SIZE; bucket++) {
            long from = LatencyGrid.from(bucket);
            long to = LatencyGrid.from(bucket + 1);
            assertTrue(to > from, "bucket " + bucket);
            assertEquals(bucket, LatencyGrid.bucketOf(from));
            assertEquals(bucket, LatencyGrid.bucketOf(to - 1));
            if (from >= 1_024) {
                assertTrue(LatencyGrid.middle(bucket) - from <= 0.01 * from, "bucket " + bucket);
            }
        }
        assertTrue(LatencyGrid.from(LatencyGrid.SIZE) > 3_600_000_000_000L, "an hour");
        assertEquals(0, LatencyGrid.bucketOf(-5));
        assertEquals(LatencyGrid.SIZE - 1, LatencyGrid.bucketOf(Long.MAX_VALUE));
    }

    @Test
    void percentilesOfTheMergedDistributionAreNotTheMeanOfPercentiles() {
        // 900 calls of 1 ms in one second, 100 calls of 100 ms in the next one.
        LatencySlice fast = slice(900, 1 * MILLI);
        LatencySlice slow = slice(100, 100 * MILLI);

        LatencySlice both = LatencySlice.merge(List.of(fast, slow));

        assertEquals(1_000, both.count());
        assertEquals(1.0 * MILLI, (double) both.nanosAt(50), 0.01 * MILLI, "the mean of the medians is 50.5 ms");
        assertEquals(1.0 * MILLI, (double) both.nanosAt(90), 0.01 * MILLI);
        assertEquals(100.0 * MILLI, (double) both.nanosAt(90.1), 1.0 * MILLI);
        assertEquals(10.9 * MILLI, both.meanNanos(), 0.1 * MILLI);
    }

    @Test
    void mergingLosesNothing() {
        Random random = new Random(5);
        Histogram all = new Histogram(3);
        List<LatencySlice> parts = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
            Histogram part = new Histogram(3);
            for (int i = 0; i < 500; i++) {
                long nanos = (long) Math.exp(13 + 1.5 * random.nextGaussian());
                part.recordValue(nanos);
                all.recordValue(nanos);
            }
            parts.add(LatencySlice.of(part));
        }

        LatencySlice merged = LatencySlice.merge(parts);

        assertEquals(all.getTotalCount(), merged.count());
        assertEquals(all.getMaxValue(), merged.max(), "the maximum is exact");
        for (double percentile : new double[]{1, 50, 90, 99, 99.9, 100}) {
            double expected = all.getValueAtPercentile(percentile);
            assertEquals(expected, merged.nanosAt(percentile), 0.012 * expected, "p" + percentile);
        }
        LatencySlice inTwoSteps = LatencySlice.merge(List.of(LatencySlice.merge(parts.subList(0, 20)),
                LatencySlice.merge(parts.subList(20, 60))));
        assertEquals(merged.nanosAt(99), inTwoSteps.nanosAt(99));
        assertEquals(merged.size(), inTwoSteps.size());
    }

    @Test
    void nothingMergedIsNothing() {
        LatencySlice none = LatencySlice.merge(List.of(LatencySlice.NONE, LatencySlice.of(new Histogram(3))));

        assertEquals(0, none.count());
        assertEquals(0, none.max());
        assertEquals(0, none.nanosAt(99));
        assertEquals(0, none.meanNanos());
    }

    private static LatencySlice slice(int count, long nanos) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(nanos, count);
        return LatencySlice.of(histogram);
    }
}
