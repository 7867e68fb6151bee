package dev.memfuse.load.measure;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Counts of each second by the time at which an operation ended, so that a late reader changes no figure. Recording is
/// thread-safe; one thread takes the seconds, in order. An end in a second that is already taken counts in the next
/// one.
final class SecondBins {
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ConcurrentSkipListMap<Long, Bin> bins = new ConcurrentSkipListMap<>();
    private final long zero;
    private volatile long firstOpen = Long.MIN_VALUE;

    /// Counts of one second.
    static final class Bin {
        final LongAdder failed = new LongAdder();
        final LongAdder dropped = new LongAdder();
        private final ConcurrentHistogram latencies = new ConcurrentHistogram(Measurements.DIGITS);

        void succeeded(long latencyNanos) {
            latencies.recordValue(Math.max(0, latencyNanos));
        }

        /// Adds what was counted elsewhere.
        void add(long failures, long drops, Histogram successes) {
            failed.add(failures);
            dropped.add(drops);
            latencies.add(successes);
        }

        boolean isEmpty() {
            return failed.sum() == 0 && dropped.sum() == 0 && latencies.getTotalCount() == 0;
        }

        /// Returns the latencies of the successful operations in nanoseconds.
        Histogram latencies() {
            return latencies;
        }
    }

    /// @param zero start of the first second on the clock of [System#nanoTime]
    SecondBins(long zero) {
        this.zero = zero;
    }

    /// Returns the bin of an instant on the clock of [System#nanoTime].
    Bin of(long nanos) {
        long second = Math.max(firstOpen, secondOf(nanos));
        Bin found = bins.get(second);
        return found != null ? found : bins.computeIfAbsent(second, _ -> new Bin());
    }

    /// Returns the start of a second on the clock of [System#nanoTime].
    long startOf(long second) {
        return zero + second * SECOND;
    }

    /// Returns the number of the second of an instant.
    long secondOf(long nanos) {
        return Math.floorDiv(nanos - zero, SECOND);
    }

    /// Returns the number of the first second that was not taken and has counts; `none` when there is none.
    long firstCounted(long none) {
        Long first = bins.ceilingKey(Long.MIN_VALUE);
        return first == null ? none : first;
    }

    /// Takes the counts of a second, which has passed.
    ///
    /// @param second number of the second, from 0
    Bin take(long second) {
        firstOpen = second + 1;
        Bin taken = bins.remove(second);
        return taken != null ? taken : new Bin();
    }
}
