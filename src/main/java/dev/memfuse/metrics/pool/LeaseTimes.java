package dev.memfuse.metrics.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;

/// Times of leases since the start: waits for a connection, holds, and connects. The sampler adds the first two once a
/// second, so that a lease costs nothing more. Thread-safe.
public final class LeaseTimes {
    private static final int DIGITS = 2;
    private static final long FIRST = TimeUnit.MICROSECONDS.toNanos(1);

    private final Histogram[] all = new Histogram[Kind.values().length];

    /// A kind of time.
    public enum Kind {
        ACQUIRE,
        HOLD,
        CONNECT
    }

    /// Number of values between two bounds.
    ///
    /// @param fromNanos inclusive
    /// @param toNanos exclusive; twice `fromNanos`
    public record Bucket(long fromNanos, long toNanos, long count) {}

    /// Distribution of one kind.
    ///
    /// @param buckets from the first to the last that has values, each twice as wide as the one before; empty when
    ///        there are none
    /// @param p50 in nanoseconds, like the others; 0 without values
    public record Distribution(List<Bucket> buckets, long count, double p50, double p99, double max) {
        /// No values.
        public static final Distribution NONE = new Distribution(List.of(), 0, 0, 0, 0);

        public Distribution {
            buckets = List.copyOf(buckets);
        }
    }

    /// Creates empty distributions.
    public LeaseTimes() {
        reset();
    }

    /// Adds the values of an interval.
    public synchronized void add(Kind kind, Histogram interval) {
        if (interval.getTotalCount() > 0) {
            all[kind.ordinal()].add(interval);
        }
    }

    /// Adds one value.
    public synchronized void record(Kind kind, long nanos) {
        all[kind.ordinal()].recordValue(Math.max(0, nanos));
    }

    /// Removes all values.
    public synchronized void reset() {
        for (int i = 0; i < all.length; i++) {
            all[i] = new Histogram(DIGITS);
        }
    }

    /// Returns the distribution of a kind.
    public synchronized Distribution distribution(Kind kind) {
        Histogram values = all[kind.ordinal()];
        if (values.getTotalCount() == 0) {
            return Distribution.NONE;
        }
        List<Bucket> buckets = new ArrayList<>();
        long below = 0;
        for (long from = 0; below < values.getTotalCount(); from = from == 0 ? FIRST : from * 2) {
            long to = from == 0 ? FIRST : from * 2;
            long upTo = values.getCountBetweenValues(0, values.lowestEquivalentValue(to - 1));
            if (upTo > below || !buckets.isEmpty()) {
                buckets.add(new Bucket(from, to, upTo - below));
            }
            below = upTo;
        }
        return new Distribution(buckets, values.getTotalCount(), Percentiles.nanos(values, 50),
                Percentiles.nanos(values, 99), values.getMaxValue());
    }
}
