package dev.memfuse.console.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.console.chart.data.Polyline;
import dev.memfuse.console.chart.data.Reduction;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.target.JvmReading;
import dev.memfuse.target.PoolReading;
import dev.memfuse.target.TargetSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetFeedTest {
    private static final long BEGIN = 1_760_000_000_000L;
    private static final int SAMPLES = 100;

    private final TargetFeed feed = new TargetFeed();
    private long sequence;

    private void sample(int connection, long millis) {
        PoolReading orders = new PoolReading("orders", 3, 7, 0, 10, Map.of());
        PoolReading reports = new PoolReading("reports", 2, 1, 0, 3, Map.of());
        feed.accept(new TargetSample(++sequence, Instant.ofEpochMilli(millis), List.of(orders, reports),
                new JvmReading(90_000_000L, 268_435_456L, 536_870_912L, 0.2), connection));
    }

    private static int gaps(SampleRing ring, int columns) {
        Polyline line = new Polyline();
        Reduction.line(ring, 0, new Span(BEGIN, BEGIN + 120_000), columns, line);
        int gaps = 0;
        for (int i = 0; i < line.size(); i++) {
            gaps += Double.isNaN(line.y(i)) ? 1 : 0;
        }
        return gaps;
    }

    private void assertGap(long millis, int columns) {
        feed.clear(List.of("orders", "reports"), "orders");
        for (int i = 0; i < SAMPLES; i++) {
            sample(1, BEGIN + i * 100L);
        }
        long back = BEGIN + SAMPLES * 100L + millis;
        for (int i = 0; i < SAMPLES; i++) {
            sample(2, back + i * 100L);
        }

        for (SampleRing ring : List.of(feed.pool(), feed.all(), feed.heap(), feed.processor())) {
            assertTrue(gaps(ring, columns) > 0, ring.series() + " series");
        }
    }

    /// In a narrow chart the begin of the gap is in the column of the last sample.
    @ParameterizedTest
    @ValueSource(ints = {50, 200, 600, 2_000})
    void everyChartHasAGapWhileTheJvmWasAway(int columns) {
        assertGap(4_000, columns);
    }

    /// The first attempt to connect again is after half a second.
    @ParameterizedTest
    @ValueSource(ints = {300, 600, 2_000})
    void everyChartHasAGapWhileANewJvmStartedInLessThanASecond(int columns) {
        assertGap(800, columns);
    }

    @Test
    void oneConnectionHasNoGap() {
        feed.clear(List.of("orders", "reports"), "orders");
        for (int i = 0; i < SAMPLES; i++) {
            sample(1, BEGIN + i * 700L);
        }

        assertEquals(List.of(0, 0), List.of(gaps(feed.heap(), 600), gaps(feed.pool(), 600)));
    }
}
