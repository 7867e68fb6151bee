package dev.memfuse.metrics.stats;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Decides during a run when its warm-up is over: as soon as throughput and median latency of the newest 1 s windows
/// vary and move by no more than a tolerance, beyond the noise of counting.
///
/// The variation is the coefficient of variation of the newest [#WINDOWS] windows, the movement the difference between
/// the newest two and the oldest two of them. The noise of a count of `n` random arrivals is `1 / sqrt(n)`; the limits
/// grow by it, since Poisson arrivals at a low rate never have a small coefficient of variation. Source: Georges,
/// Buytaert, Eeckhout, *Statistically Rigorous Java Performance Evaluation*, OOPSLA 2007. Not thread-safe.
public final class SteadyState {
    /// Number of windows that must agree.
    public static final int WINDOWS = 5;
    /// Half the windows, those compared for movement.
    private static final int EDGE = 2;

    private final WarmUp.Bounds bounds;
    private final Deque<double[]> newest = new ArrayDeque<>(WINDOWS);
    private int seen;
    private State state = State.WARMING;

    /// State of a warm-up.
    public enum State {
        /// Not steady yet.
        WARMING,
        /// Steady: the measured part can begin.
        SETTLED,
        /// Not steady after the maximum time.
        DID_NOT_SETTLE
    }

    /// Starts with no window.
    public SteadyState(WarmUp.Bounds bounds) {
        this.bounds = bounds;
    }

    /// Adds the next window and returns the state after it; a state other than [State#WARMING] is final.
    ///
    /// @param operations number of operations in the window
    /// @param p50 their median latency, in any unit; not finite for a window without operation
    public State add(double operations, double p50) {
        if (state != State.WARMING) {
            return state;
        }
        seen++;
        if (newest.size() == WINDOWS) {
            newest.removeFirst();
        }
        newest.addLast(new double[]{operations, p50});
        if (newest.size() == WINDOWS && seen >= bounds.min() && steady(0) && steady(1)) {
            state = State.SETTLED;
        } else if (seen >= bounds.max()) {
            state = State.DID_NOT_SETTLE;
        }
        return state;
    }

    /// Returns the number of windows added until the state became final.
    public int windows() {
        return seen;
    }

    private boolean steady(int metric) {
        double[] values = newest.stream().mapToDouble(window -> window[metric]).toArray();
        double mean = Means.mean(values);
        double count = newest.stream().mapToDouble(window -> window[0]).average().orElse(0);
        if (!Double.isFinite(mean) || mean <= 0 || count <= 0) {
            return false;
        }
        double limit = bounds.tolerance();
        double noise = 1 / count;
        double movement = Means.mean(Arrays.copyOfRange(values, WINDOWS - EDGE, WINDOWS))
                - Means.mean(Arrays.copyOfRange(values, 0, EDGE));
        return Means.deviation(values) / mean <= Math.sqrt(limit * limit + noise)
                && Math.abs(movement) / mean <= Math.sqrt(limit * limit + noise);
    }
}
