package dev.memfuse.metrics;

import java.util.function.ToDoubleFunction;

/// The gauges that a [MetricsSlice] keeps.
public enum SliceGauge {
    /// Connections in use.
    ACTIVE(snapshot -> snapshot.pool().active()),
    /// Open connections that are not in use.
    IDLE(snapshot -> snapshot.pool().idle()),
    /// Threads that wait for a connection.
    WAITING(snapshot -> snapshot.pool().waiting()),
    /// Maximum size of the pool.
    LIMIT(snapshot -> snapshot.pool().limit()),
    /// Messages in RoundBuffers.
    ROUND(snapshot -> snapshot.buffers().round()),
    /// Messages in HybridBuffers.
    HYBRID(snapshot -> snapshot.buffers().hybrid()),
    /// Messages that a flush is storing.
    IN_FLIGHT(snapshot -> snapshot.buffers().inFlight()),
    /// Flushes that wait for a worker.
    QUEUED(snapshot -> snapshot.buffers().queued()),
    /// Pending layers of rounds.
    EXTRACTION(snapshot -> snapshot.buffers().extraction()),
    /// Rounds in the journal that are not in the database.
    JOURNAL(snapshot -> snapshot.journal().rounds()),
    /// Milliseconds per second for which the collector stopped the program.
    COLLECTOR_PAUSES(snapshot -> snapshot.resources().pauseMillis()),
    /// Longest time by which a thread woke up late in a second, in milliseconds.
    HICCUP(snapshot -> snapshot.resources().hiccup() / 1e6),
    /// 99th percentile of the duration of a `force` of the journal, in milliseconds; `NaN` without one.
    FORCE(snapshot -> snapshot.journal().forces() == 0 ? Double.NaN : snapshot.journal().forceP99() / 1e6),
    /// Processors used by the program, in percent of all.
    PROCESSORS(snapshot -> 100 * snapshot.resources().cpu()),
    /// Heap in use after the last collection, in percent of its limit.
    HEAP(snapshot -> 100 * snapshot.resources().heapShare());

    @SuppressWarnings("ImmutableEnumChecker") // reads its argument only
    private final ToDoubleFunction<MetricsSnapshot> value;

    SliceGauge(ToDoubleFunction<MetricsSnapshot> value) {
        this.value = value;
    }

    /// Returns the value in a snapshot.
    public double of(MetricsSnapshot snapshot) {
        return value.applyAsDouble(snapshot);
    }
}
