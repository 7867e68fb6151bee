package dev.memfuse.load.measure;

import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.SnapshotInbox;

/// Aggregates the gauges of the connection pool at the rate of the sampler. Not thread-safe.
final class PoolWatch implements AutoCloseable {
    private static final int CAPACITY = 256;

    private final SnapshotInbox inbox;
    private Usage interval = Usage.NONE;
    private Usage measured = Usage.NONE;

    PoolWatch(MetricsHub hub) {
        inbox = hub.subscribe(CAPACITY);
    }

    /// Returns the samples since the last call.
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

    /// Starts the measured part: discards the samples so far.
    void startMeasuring() {
        measured = new Usage(0, 0, 0, 0, interval.limit());
    }

    /// Returns the samples that [#take] has read since [#startMeasuring].
    Usage measured() {
        return measured;
    }

    @Override
    public void close() {
        inbox.close();
    }

    /// Aggregate of samples.
    ///
    /// @param samples number of samples
    /// @param activeSum connections in use, sum of the samples
    /// @param activeMax connections in use, maximum
    /// @param waitingMax threads that wait for a connection, maximum
    /// @param limit maximum size of the pool in the newest sample
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

        /// Returns the mean; NaN without a sample.
        double activeMean() {
            return samples == 0 ? Double.NaN : (double) activeSum / samples;
        }
    }
}
