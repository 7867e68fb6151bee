package dev.memfuse.load.measure;

import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.SnapshotInbox;

/// Follows the connection pool's gauges at the rate of the sampler. Not thread-safe: its owner guards it.
final class PoolWatch implements AutoCloseable {
    private static final int CAPACITY = 256;

    private final SnapshotInbox inbox;
    private Usage interval = Usage.NONE;
    private Usage measured = Usage.NONE;

    PoolWatch(MetricsHub hub) {
        inbox = hub.subscribe(CAPACITY);
    }

    /// The samples since the last call.
    Usage take() {
        MetricsSnapshot snapshot = inbox.poll();
        Usage next = new Usage(0, 0, 0, 0, interval.limit());
        while (snapshot != null) {
            next = next.plus(snapshot.pool());
            snapshot = inbox.poll();
        }
        interval = next;
        measured = measured.plus(next);
        return next;
    }

    /// Forgets the samples so far: the measured part begins.
    void startMeasuring() {
        measured = new Usage(0, 0, 0, 0, interval.limit());
    }

    /// The samples that [#take] saw since [#startMeasuring].
    Usage measured() {
        return measured;
    }

    @Override
    public void close() {
        inbox.close();
    }

    /// Samples added up.
    ///
    /// @param activeSum sum over the samples
    /// @param limit the pool's limit in the newest sample
    record Usage(int samples, long activeSum, int activeMax, int waitingMax, int limit) {
        static final Usage NONE = new Usage(0, 0, 0, 0, 0);

        Usage plus(MetricsSnapshot.PoolSample sample) {
            return new Usage(samples + 1, activeSum + sample.active(), Math.max(activeMax, sample.active()),
                    Math.max(waitingMax, sample.waiting()), sample.limit());
        }

        Usage plus(Usage other) {
            return new Usage(samples + other.samples, activeSum + other.activeSum,
                    Math.max(activeMax, other.activeMax), Math.max(waitingMax, other.waitingMax), other.limit);
        }

        double activeMean() {
            return samples == 0 ? 0 : (double) activeSum / samples;
        }
    }
}
