package dev.memfuse.metrics;

import java.util.concurrent.atomic.LongAdder;

/// Counts what became of the answers that were worked out before they were asked for. Recording is wait-free.
public final class SpeculationStats {
    private final LongAdder prefetched = new LongAdder();
    private final LongAdder used = new LongAdder();
    private final LongAdder wasted = new LongAdder();

    /// What was counted since the start of the process. An answer that is neither used nor wasted still waits.
    ///
    /// @param prefetched answers worked out ahead
    /// @param used those that a query was answered from, each counted once
    /// @param wasted those that a write overtook, or that had to leave, before a query came
    public record Counts(long prefetched, long used, long wasted) {

        /// Share of the answers that were used, 0..1; 0 when there was none.
        public double hitRate() {
            return prefetched == 0 ? 0 : (double) used / prefetched;
        }

        /// What was counted since an earlier reading.
        public Counts since(Counts earlier) {
            return new Counts(prefetched - earlier.prefetched, used - earlier.used, wasted - earlier.wasted);
        }

        /// Both together.
        public Counts plus(Counts other) {
            return new Counts(prefetched + other.prefetched, used + other.used, wasted + other.wasted);
        }
    }

    /// An answer was worked out ahead.
    public void prefetched() {
        prefetched.increment();
    }

    /// A query was answered from it.
    public void used() {
        used.increment();
    }

    /// It was dropped unused.
    public void wasted() {
        wasted.increment();
    }

    /// The counts now. An answer may be used before it is counted as prefetched.
    public Counts counts() {
        long usedNow = used.sum();
        long wastedNow = wasted.sum();
        return new Counts(Math.max(prefetched.sum(), usedNow + wastedNow), usedNow, wastedNow);
    }
}
