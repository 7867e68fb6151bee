package dev.memfuse.load.run;

import java.time.Duration;
import java.util.List;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.stats.SteadyState;
import dev.memfuse.metrics.stats.WarmUp;

/// Follows the seconds of a warm-up until throughput and median latency have settled. Thread-safe.
final class WarmupWatch {
    private static final double TOLERANCE = WarmUp.Bounds.DEFAULT.tolerance();

    private final SteadyState steady;
    private int seen;
    private boolean settled;

    WarmupWatch(Workload.Warmup warmup) {
        int minimum = seconds(warmup.minimum());
        steady = new SteadyState(new WarmUp.Bounds(minimum, Math.max(minimum, seconds(warmup.maximum())), TOLERANCE));
    }

    private static int seconds(Duration time) {
        return (int) Math.ceilDiv(time.toMillis(), 1_000);
    }

    /// Reads the seconds that have passed since the last call.
    ///
    /// @param points seconds of the warm-up so far, oldest first
    /// @return whether the load has settled now; true once
    synchronized boolean settles(List<Point> points) {
        for (; seen < points.size() && !settled; seen++) {
            Point point = points.get(seen);
            settled = steady.add(point.count(),
                    point.count() == 0 ? Double.NaN : point.p50()) == SteadyState.State.SETTLED;
            if (settled) {
                return true;
            }
        }
        return false;
    }

    /// Returns whether the load has settled.
    synchronized boolean settled() {
        return settled;
    }
}
