package dev.memfuse.metrics.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds the places where the level of a series changes.
///
/// The series is divided into stretches of constant mean so that the squared deviations in units of the noise, plus a
/// penalty per change, are least (optimal partitioning). The noise comes from differences of neighbours, which a change
/// of level hardly moves; single outliers are replaced by the median of their surroundings first. Sources: Jackson et
/// al., *An Algorithm for Optimal Partitioning of Data on an Interval*, IEEE Signal Process. Lett. 12 (2005); Killick,
/// Fearnhead, Eckley, *Optimal Detection of Changepoints With a Linear Computational Cost*, JASA 107 (2012); Barrett
/// et al., *Virtual Machine Warmup Blows Hot and Cold*, OOPSLA 2017, for its use on warm-up. Takes time in proportion
/// to the square of the length.
public final class ChangePoint {
    /// Shortest stretch between changes.
    public static final int SHORTEST = 3;
    private static final double PENALTY_PER_LOG = 3;
    private static final double OUTLIER = 4;
    private static final double LEAST_NOISE = 1e-6;

    private ChangePoint() {}

    /// Returns the indexes at which a new level begins, ascending; empty when the level never changes.
    ///
    /// @param series finite values in the order of time
    public static int[] find(double[] series) {
        int n = series.length;
        if (n < 2 * SHORTEST) {
            return new int[0];
        }
        double noise = noise(series);
        Costs costs = new Costs(withoutOutliers(series, noise), noise);
        double penalty = PENALTY_PER_LOG * Math.log(n);
        double[] best = new double[n + 1];
        int[] last = new int[n + 1];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        best[0] = -penalty;
        for (int end = SHORTEST; end <= n; end++) {
            for (int start = 0; start <= end - SHORTEST; start++) {
                double cost = best[start] + costs.of(start, end) + penalty;
                if (cost < best[end]) {
                    best[end] = cost;
                    last[end] = start;
                }
            }
        }
        return changes(last);
    }

    private static int[] changes(int[] last) {
        List<Integer> changes = new ArrayList<>();
        for (int start = last[last.length - 1]; start > 0; start = last[start]) {
            changes.addFirst(start);
        }
        return changes.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Returns the index from which the level stays: all stretches from there have means within a tolerance of the
    /// last one's mean.
    ///
    /// @param tolerance relative, for instance 0.05
    public static int steadyFrom(double[] series, double tolerance) {
        int[] changes = find(series);
        int steady = series.length;
        double last = Double.NaN;
        for (int i = changes.length; i >= 0; i--) {
            int start = i == 0 ? 0 : changes[i - 1];
            double mean = Means.median(Arrays.copyOfRange(series, start,
                    i == changes.length ? series.length : changes[i]));
            if (i == changes.length) {
                last = mean;
            }
            if (Math.abs(mean - last) > tolerance * Math.abs(last)) {
                return steady;
            }
            steady = start;
        }
        return steady;
    }

    private static double noise(double[] series) {
        double[] steps = new double[series.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = series[i + 1] - series[i];
        }
        double scale = Math.abs(Means.median(series));
        return Math.max(Means.robustDeviation(steps) / Math.sqrt(2),
                scale == 0 ? LEAST_NOISE : LEAST_NOISE * scale);
    }

    private static double[] withoutOutliers(double[] series, double noise) {
        double[] cleaned = series.clone();
        for (int i = 0; i < series.length; i++) {
            int from = Math.clamp(i - 2L, 0, Math.max(0, series.length - 5));
            double median = Means.median(Arrays.copyOfRange(series, from, Math.min(series.length, from + 5)));
            if (Math.abs(series[i] - median) > OUTLIER * noise && lonely(series, i, noise)) {
                cleaned[i] = median;
            }
        }
        return cleaned;
    }

    /// Returns whether no neighbour has a similar value, so that the value is no level of its own.
    private static boolean lonely(double[] series, int i, double noise) {
        return (i == 0 || Math.abs(series[i] - series[i - 1]) > OUTLIER * noise)
                && (i == series.length - 1 || Math.abs(series[i] - series[i + 1]) > OUTLIER * noise);
    }

    /// Squared deviations of stretches from their means, in units of the noise.
    private static final class Costs {
        private final double[] sums;
        private final double[] squares;

        Costs(double[] series, double noise) {
            double center = Means.mean(series);
            sums = new double[series.length + 1];
            squares = new double[series.length + 1];
            for (int i = 0; i < series.length; i++) {
                double value = (series[i] - center) / noise;
                sums[i + 1] = sums[i] + value;
                squares[i + 1] = squares[i] + value * value;
            }
        }

        double of(int start, int end) {
            double sum = sums[end] - sums[start];
            return squares[end] - squares[start] - sum * sum / (end - start);
        }
    }
}
