package dev.memfuse.metrics.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.metrics.pool.LeaseTimes.Bucket;
import dev.memfuse.metrics.pool.LeaseTimes.Distribution;
import dev.memfuse.metrics.pool.LeaseTimes.Kind;
import org.junit.jupiter.api.Test;

/// Distributions of the times of leases.
class LeaseTimesTest {
    private final LeaseTimes times = new LeaseTimes();

    @Test
    void eachValueIsInOneBucketOfADoubling() {
        for (long nanos : List.of(0L, 500L, 1_500L, 1_600L, 3_000L, 1_000_000L, 200_000_000_000L)) {
            times.record(Kind.HOLD, nanos);
        }

        Distribution hold = times.distribution(Kind.HOLD);

        assertEquals(7, hold.count());
        assertEquals(7, hold.buckets().stream().mapToLong(Bucket::count).sum());
        assertEquals(new Bucket(0, 1_000, 2), hold.buckets().getFirst());
        assertEquals(new Bucket(1_000, 2_000, 2), hold.buckets().get(1));
        assertTrue(hold.max() >= 199e9, hold.toString());
        assertEquals(Distribution.NONE, times.distribution(Kind.ACQUIRE));
        times.reset();
        assertEquals(Distribution.NONE, times.distribution(Kind.HOLD));
    }
}
