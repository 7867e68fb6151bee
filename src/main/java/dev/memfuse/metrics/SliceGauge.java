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
    JOURNAL(snapshot -> snapshot.journal().rounds());

    @SuppressWarnings("ImmutableEnumChecker") // reads its argument only
    private final ToDoubleFunction<MetricsSnapshot> value;

    SliceGauge(ToDoubleFunction<MetricsSnapshot> value) {
        this.value = value;
    }

    double of(MetricsSnapshot snapshot) {
        return value.applyAsDouble(snapshot);
    }
}
