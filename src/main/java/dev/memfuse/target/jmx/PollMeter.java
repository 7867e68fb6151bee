package dev.memfuse.target.jmx;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import dev.memfuse.target.PollCost;

/// Measures what the polling costs. Thread-safe.
final class PollMeter {
    private static final int KEPT = 600;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long[] times = new long[KEPT];
    private long count;
    private long skipped;
    private long secondBegan;
    private int polls;
    private int trips;
    private int lastPolls;
    private int lastTrips;

    /// Counts a poll.
    ///
    /// @param began time of [System#nanoTime]
    /// @param nanos its length
    /// @param roundTrips its calls over the network
    /// @param left polls that were left out after it
    synchronized void polled(long began, long nanos, int roundTrips, long left) {
        if (count == 0) {
            secondBegan = began;
        } else if (began - secondBegan >= SECOND) {
            lastPolls = polls;
            lastTrips = trips;
            polls = 0;
            trips = 0;
            secondBegan = began;
        }
        times[(int) (count++ % KEPT)] = nanos;
        polls++;
        trips += roundTrips;
        skipped += left;
    }

    synchronized PollCost cost() {
        int size = (int) Math.min(count, KEPT);
        if (size == 0) {
            return PollCost.NONE;
        }
        long[] sorted = Arrays.copyOf(times, size);
        Arrays.sort(sorted);
        return new PollCost(lastPolls == 0 ? polls : lastPolls, lastTrips == 0 ? trips : lastTrips,
                sorted[(size - 1) / 2], sorted[(int) Math.ceil(0.99 * size) - 1], skipped);
    }
}
