package dev.memfuse.load.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import dev.memfuse.load.OperationKind;
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
        private final Map<OperationKind, KindBin> kinds = new EnumMap<>(OperationKind.class);

        Bin() {
            for (OperationKind kind : OperationKind.values()) {
                kinds.put(kind, new KindBin());
            }
        }

        /// Counts a successful operation.
        ///
        /// @param ended its end on the clock of [System#nanoTime]
        void succeeded(DueOperation operation, long ended) {
            long latency = Math.max(0, ended - operation.due());
            latencies.recordValue(latency);
            KindBin kind = kind(operation.kind());
            kind.calls.recordValue(Math.max(0, ended - operation.startedAt()));
            if (operation.open()) {
                kind.scheduled.recordValue(latency);
            }
        }

        /// Adds what was counted elsewhere.
        void add(long failures, long drops, Histogram successes) {
            failed.add(failures);
            dropped.add(drops);
            latencies.add(successes);
        }

        KindBin kind(OperationKind kind) {
            return Objects.requireNonNull(kinds.get(kind));
        }

        boolean isEmpty() {
            return failed.sum() == 0 && dropped.sum() == 0 && latencies.getTotalCount() == 0;
        }

        /// Returns the latencies of the successful operations in nanoseconds.
        Histogram latencies() {
            return latencies;
        }
    }

    /// Times of the successful operations of one kind, in nanoseconds. Of fewer digits than those of all, since there
    /// are six of them each second.
    static final class KindBin {
        private static final int KIND_DIGITS = 2;
        /// From the actual start to the end.
        final Histogram calls = new ConcurrentHistogram(KIND_DIGITS);
        /// From the scheduled start to the end; of an open run only.
        final Histogram scheduled = new ConcurrentHistogram(KIND_DIGITS);
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
