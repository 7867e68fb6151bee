package dev.memfuse.metrics.stats;

import java.util.Arrays;

/// The warm-up found at the beginning of a run, from its 1 s windows of throughput and median latency.
///
/// @param windows number of windows that belong to the warm-up
/// @param settled whether the rest is steady; when false the run did not settle within the bounds, and `windows` is the
///         upper bound
public record WarmUp(int windows, boolean settled) {
    /// Limits of a warm-up.
    ///
    /// @param min windows that always belong to the warm-up, 0 or more
    /// @param max windows after which a run that is not steady did not settle, at least `min`
    /// @param tolerance relative change of the level that counts as steady, for instance 0.1
    public record Bounds(int min, int max, double tolerance) {
        /// Bounds of a load: 2 to 60 s, 10 %.
        public static final Bounds DEFAULT = new Bounds(2, 60, 0.1);

        /// Checks the limits.
        public Bounds {
            if (min < 0 || max < min || !(tolerance > 0)) {
                throw new IllegalArgumentException("A warm-up needs 0 <= min <= max and a positive tolerance.");
            }
        }
    }

    /// Finds the warm-up of a finished run by [change points][ChangePoint]: it ends where throughput and median latency
    /// reach the levels that they keep. The steady rest has at least as many windows as a level needs.
    ///
    /// @param throughput operations of each window
    /// @param p50 median latency of each window, in any unit; not finite for a window without operation
    public static WarmUp detect(double[] throughput, double[] p50, Bounds bounds) {
        if (throughput.length != p50.length) {
            throw new IllegalArgumentException("Throughput and latency must have the same windows.");
        }
        int firstWhole = 0;
        for (int i = 0; i < p50.length; i++) {
            if (!Double.isFinite(p50[i]) || !Double.isFinite(throughput[i])) {
                firstWhole = i + 1;
            }
        }
        int from = Math.max(steady(throughput, firstWhole, bounds), steady(p50, firstWhole, bounds));
        int windows = Math.max(from, bounds.min());
        return windows <= bounds.max() && throughput.length - windows >= ChangePoint.SHORTEST
                ? new WarmUp(windows, true)
                : new WarmUp(Math.min(bounds.max(), throughput.length), false);
    }

    private static int steady(double[] series, int from, Bounds bounds) {
        return from + ChangePoint.steadyFrom(Arrays.copyOfRange(series, from, series.length), bounds.tolerance());
    }
}
