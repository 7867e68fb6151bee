package dev.memfuse.metrics;

import java.time.Instant;
import java.util.Map;

import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.MetricsSnapshot.ResourceSample;

/// Creates and publishes snapshots, for tests of their readers.
public final class SnapshotFeed {
    private SnapshotFeed() {}

    /// Publishes a snapshot as the sampler does.
    public static void publish(MetricsHub hub, MetricsSnapshot snapshot) {
        hub.publish(snapshot);
    }

    /// Adds a slice to the history as the sampler does.
    public static void slice(MetricsHub hub, MetricsSlice slice) {
        hub.slices().add(slice);
    }

    /// Returns a snapshot of an idle engine.
    public static MetricsSnapshot idle(Instant at) {
        return snapshot(at, Map.of(), PoolSample.NONE);
    }

    /// Returns a snapshot of an idle engine with this journal.
    public static MetricsSnapshot journal(Instant at, JournalSample journal) {
        return new MetricsSnapshot(at, 0.1, Map.of(), Map.of(), PoolSample.NONE, BufferSample.EMPTY, journal,
                new ResourceSample(100L << 20, 1L << 30, 0.2, 0));
    }

    /// Returns a snapshot with these operations and this pool.
    public static MetricsSnapshot snapshot(Instant at, Map<Operation, OperationSample> operations, PoolSample pool) {
        return new MetricsSnapshot(at, 0.1, operations, Map.of(), pool, BufferSample.EMPTY,
                JournalSample.EMPTY, new ResourceSample(100L << 20, 1L << 30, 0.2, 0));
    }
}
