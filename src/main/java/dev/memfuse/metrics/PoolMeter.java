package dev.memfuse.metrics;

import dev.memfuse.metrics.pool.LeaseTimes;
import dev.memfuse.metrics.pool.LeaseTimes.Kind;

/// Figures of one connection pool beside the pool of the primary server: its gauges, and the times of its leases since
/// the start. Thread-safe.
public final class PoolMeter {
    private final LeaseTimes times = new LeaseTimes();
    private final LatencyBuckets waits = new LatencyBuckets();
    private final LatencyBuckets holds = new LatencyBuckets();
    private final LatencyBuckets creations = new LatencyBuckets();
    private final RunningTotal timeouts = new RunningTotal();
    private volatile PoolGauges gauges = PoolGauges.NONE;
    private volatile boolean used;

    /// Called when the pool opens; with [PoolGauges#NONE] when it closes.
    public void gauges(PoolGauges now) {
        gauges = now;
        used = true;
    }

    /// Records a lease, in nanoseconds.
    public void leased(long waitNanos, long holdNanos) {
        times.record(Kind.ACQUIRE, waitNanos);
        times.record(Kind.HOLD, holdNanos);
        waits.record(waitNanos);
        holds.record(holdNanos);
    }

    /// Records a wait for a connection that ended without one, in nanoseconds.
    public void timedOut(long waitNanos) {
        times.record(Kind.ACQUIRE, waitNanos);
        waits.record(waitNanos);
        timeouts.add(1);
    }

    /// Records the opening of a connection, in nanoseconds.
    public void created(long nanos) {
        times.record(Kind.CONNECT, nanos);
        creations.record(nanos);
    }

    /// Returns whether the pool was opened since the start.
    public boolean isUsed() {
        return used;
    }

    /// Returns the gauges now.
    public PoolGauges gauges() {
        return gauges;
    }

    /// Returns the distributions of the times.
    public LeaseTimes times() {
        return times;
    }

    /// Returns the waits for a connection.
    public LatencyBuckets waits() {
        return waits;
    }

    /// Returns the times for which connections were held.
    public LatencyBuckets holds() {
        return holds;
    }

    /// Returns the openings of connections.
    public LatencyBuckets creations() {
        return creations;
    }

    /// Returns the number of waits that timed out.
    public long timeouts() {
        return timeouts.total();
    }
}
