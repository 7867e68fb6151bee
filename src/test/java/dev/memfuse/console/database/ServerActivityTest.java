package dev.memfuse.console.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import dev.memfuse.console.database.ServerActivity.Interval;
import dev.memfuse.engine.host.ServerView.Counter;
import dev.memfuse.engine.host.ServerView.Counters;
import org.junit.jupiter.api.Test;

/// Rates of a server from readings of its counters.
class ServerActivityTest {
    private final ServerActivity activity = new ServerActivity(InstantSource.fixed(Instant.EPOCH));

    private void read(double seconds, Map<Counter, Long> values) {
        activity.add(new Counters((long) (seconds * 1e9), values, ""));
    }

    @Test
    void twoReadingsGiveRatesAndTheShareOfHits() {
        read(1, Map.of(Counter.COMMITS, 100L, Counter.BLOCKS_HIT, 1_000L, Counter.BLOCKS_READ, 50L,
                Counter.CHECKPOINTS_TIMED, 7L));
        assertEquals(List.of(), activity.intervals());
        read(3, Map.of(Counter.COMMITS, 140L, Counter.BLOCKS_HIT, 1_030L, Counter.BLOCKS_READ, 60L,
                Counter.CHECKPOINTS_TIMED, 8L));

        Interval interval = activity.intervals().getFirst();
        assertEquals(20, interval.perSecond(Counter.COMMITS).orElseThrow());
        assertEquals(0.75, interval.hitShare().orElseThrow());
        assertEquals(OptionalLong.of(1), interval.growth(Counter.CHECKPOINTS_TIMED));
        assertEquals(OptionalDouble.empty(), interval.perSecond(Counter.WAL_BYTES), "not readable");
    }

    @Test
    void aCounterThatGoesBackHasNoRateUntilTheNextReading() {
        read(1, Map.of(Counter.COMMITS, 100L, Counter.BLOCKS_HIT, 10L, Counter.BLOCKS_READ, 10L,
                Counter.WAL_BYTES, 1_000L));
        read(3, Map.of(Counter.COMMITS, 2L, Counter.BLOCKS_HIT, 4L, Counter.BLOCKS_READ, 10L,
                Counter.WAL_BYTES, 1_200L));

        Interval reset = activity.intervals().getFirst();
        assertEquals(OptionalDouble.empty(), reset.perSecond(Counter.COMMITS));
        assertEquals(OptionalDouble.empty(), reset.hitShare());
        assertEquals(100, reset.perSecond(Counter.WAL_BYTES).orElseThrow());
        read(5, Map.of(Counter.COMMITS, 6L));
        assertEquals(2, activity.intervals().getFirst().perSecond(Counter.COMMITS).orElseThrow());
    }

    @Test
    void noBlocksAreNoShare() {
        read(1, Map.of(Counter.BLOCKS_HIT, 10L, Counter.BLOCKS_READ, 10L));
        read(3, Map.of(Counter.BLOCKS_HIT, 10L, Counter.BLOCKS_READ, 10L));

        assertEquals(OptionalDouble.empty(), activity.intervals().getFirst().hitShare());
    }

    @Test
    void aPauseOfTheReadingsIsNoIntervalAndOldOnesAreDropped() {
        read(1, Map.of(Counter.COMMITS, 1L));
        read(60, Map.of(Counter.COMMITS, 100L));
        assertEquals(List.of(), activity.intervals());
        for (int i = 1; i <= 2 * ServerActivity.KEPT; i++) {
            read(60 + i, Map.of(Counter.COMMITS, 100L + i));
        }

        assertEquals(ServerActivity.KEPT, activity.intervals().size());
        activity.clear();
        assertEquals(List.of(), activity.intervals());
    }
}
