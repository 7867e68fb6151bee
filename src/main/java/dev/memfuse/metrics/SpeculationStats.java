package dev.memfuse.metrics;

import java.util.concurrent.atomic.LongAdder;

/// Counters of speculative answers: answers that are computed before their query arrives. Recording is wait-free.
public final class SpeculationStats {
    private final LongAdder prefetched = new LongAdder();
    private final LongAdder used = new LongAdder();
    private final LongAdder wasted = new LongAdder();

    /// The counts since the start of the process. An answer that is neither used nor wasted is still cached.
    ///
    /// @param prefetched computed answers
    /// @param used answers that at least one query used
    /// @param wasted answers that a write made stale, or that were evicted, before a query used them
    public record Counts(long prefetched, long used, long wasted) {

        /// Returns the share of the answers that were used, 0..1; 0 when there was none.
        public double hitRate() {
            return prefetched == 0 ? 0 : (double) used / prefetched;
        }

        /// Returns the difference to an earlier reading.
        public Counts since(Counts earlier) {
            return new Counts(prefetched - earlier.prefetched, used - earlier.used, wasted - earlier.wasted);
        }

        /// Returns the sum of both.
        public Counts plus(Counts other) {
            return new Counts(prefetched + other.prefetched, used + other.used, wasted + other.wasted);
        }
    }

    /// Counts a computed answer.
    public void prefetched() {
        prefetched.increment();
    }

    /// Counts the first use of an answer by a query.
    public void used() {
        used.increment();
    }

    /// Counts an answer that was dropped unused.
    public void wasted() {
        wasted.increment();
    }

    /// Returns the current counts. An answer may be used before it is counted as prefetched.
    public Counts counts() {
        long usedNow = used.sum();
        long wastedNow = wasted.sum();
        return new Counts(Math.max(prefetched.sum(), usedNow + wastedNow), usedNow, wastedNow);
    }
}
