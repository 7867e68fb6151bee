package dev.memfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

class MetricsHistoryTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final MetricsHistory history = new MetricsHistory();

    private void publish(int from, int to) {
        for (int second = from; second < to; second++) {
            // Each call takes 1 ms, but one in second 7 takes 500 ms, and the pool is full then.
            history.add(SampleSlices.at(START.plusSeconds(second)).calls(Operation.ADD, 10, second == 7 ? 500 : 1, 1)
                    .gauge(SliceGauge.ACTIVE, 2, second == 7 ? 30 : 4).second());
        }
    }

    @Test
    void keepsSecondsForTenMinutesAndTensOfSecondsForTwoHours() {
        publish(0, 7_200);

        List<MetricsSlice> all = history.all();

        assertTrue(all.size() < 1_280, "bounded: " + all.size());
        assertEquals(START, all.getFirst().from());
        assertEquals(START.plusSeconds(7_200), all.getLast().to());
        for (int i = 1; i < all.size(); i++) {
            assertEquals(all.get(i - 1).to(), all.get(i).from(), "without gap or overlap");
        }
        long seconds = all.stream().filter(slice -> slice.seconds() == 1).count();
        assertTrue(seconds >= 600 && seconds < 610, "seconds: " + seconds);
        assertEquals(72_000, all.stream().mapToLong(slice -> slice.operation(Operation.ADD).latency().count()).sum());
        assertEquals(7_200, all.stream().mapToLong(slice -> slice.operation(Operation.ADD).errors()).sum());
    }

    @Test
    void aMergedSliceKeepsTheMaximaOfItsSeconds() {
        publish(0, 700);

        MetricsSlice first = history.all().getFirst();

        assertEquals(10, first.seconds());
        assertEquals(500_000_000.0, (double) first.operation(Operation.ADD).latency().max(), 500_000);
        assertEquals(30, first.gauge(SliceGauge.ACTIVE).max());
        assertEquals(2, first.gauge(SliceGauge.ACTIVE).min());
        assertEquals(20, first.gauge(SliceGauge.ACTIVE).samples());
        assertEquals(1, first.operation(Operation.ADD).latency().nanosAt(50) / 1e6, 0.01);
    }

    @Test
    void forgetsWhatIsOlderThanTwoHours() {
        publish(0, 9_000);

        Instant oldest = history.all().getFirst().from();

        assertTrue(
                Duration.between(oldest, START.plusSeconds(9_000)).compareTo(Duration.ofHours(2).plusSeconds(10)) <= 0,
                oldest.toString());
        assertTrue(
                Duration.between(oldest, START.plusSeconds(9_000)).compareTo(Duration.ofHours(2).minusSeconds(30)) >= 0,
                oldest.toString());
    }

    @Test
    void doesNotMergeAcrossAStandstill() {
        publish(0, 5);
        publish(3_600, 4_300);

        List<MetricsSlice> all = history.all();

        assertEquals(START.plusSeconds(5), all.getFirst().to());
        assertEquals(5, all.getFirst().seconds());
        assertEquals(START.plusSeconds(3_600), all.get(1).from());
    }

    @Test
    void neighbouringSpansShareNoSlice() {
        publish(0, 20);
        Instant middle = START.plusMillis(10_300);

        List<MetricsSlice> before = history.between(START, middle);
        List<MetricsSlice> after = history.between(middle, START.plusSeconds(20));

        assertEquals(20, before.size() + after.size());
        assertEquals(10, before.size(), "the slice from 10 s on has its middle at 10.5 s");
    }
}
