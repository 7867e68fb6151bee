package dev.memfuse.metrics.stats;

import java.util.Arrays;

/// The Hodges-Lehmann estimate of the centre of paired differences: the median of all averages of two differences, a
/// difference with itself included ("Walsh averages"). Its interval and p value invert Wilcoxon's signed-rank test, so
/// that they agree with each other: the p value is below alpha exactly when the interval excludes 0. One outlier in
/// twenty moves the estimate little. The test assumes independent differences with a symmetric distribution.
///
/// Sources: Hodges and Lehmann, *Estimates of Location Based on Rank Tests*, Ann. Math. Statist. 34 (1963); Hollander,
/// Wolfe, Chicken, *Nonparametric Statistical Methods*, 3rd edition 2014, sections 3.1 to 3.3. Immutable.
public final class HodgesLehmann {
    private final double[] averages;
    private final SignedRanks ranks;
    private final int count;

    private HodgesLehmann(double[] averages, int count) {
        this.averages = averages;
        this.count = count;
        ranks = new SignedRanks(count);
    }

    /// Prepares the estimates of a sample of differences.
    ///
    /// @param differences finite, at least one; takes memory in proportion to the square of their number
    /// @throws IllegalArgumentException when there is no difference or one is not finite
    public static HodgesLehmann of(double[] differences) {
        if (differences.length == 0 || !Arrays.stream(differences).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("The differences must be finite, and at least one.");
        }
        double[] averages = averages(differences);
        Arrays.sort(averages);
        return new HodgesLehmann(averages, differences.length);
    }

    /// Returns the smallest number of differences that can have a bounded interval: 6 at an alpha of 0.05.
    ///
    /// @param alpha probability that the interval misses the true value, 0..1 exclusive
    public static int smallestSample(double alpha) {
        return (int) Math.ceil(Math.log(2 / alpha) / Math.log(2) - 1e-9);
    }

    /// Returns the estimate alone, faster than with its distribution; for bootstraps.
    ///
    /// @param differences finite, at least one
    public static double estimate(double[] differences) {
        return Means.median(averages(differences));
    }

    private static double[] averages(double[] differences) {
        int n = differences.length;
        double[] averages = new double[n * (n + 1) / 2];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                averages[at++] = (differences[i] + differences[j]) / 2;
            }
        }
        return averages;
    }

    private double estimate() {
        int middle = averages.length / 2;
        return averages.length % 2 == 1 ? averages[middle] : (averages[middle - 1] + averages[middle]) / 2;
    }

    /// Returns the estimate with its interval; [unbounded][Interval#bounded] below [#smallestSample].
    ///
    /// @param alpha maximum probability that the interval misses the true value, 0..1 exclusive
    public Interval interval(double alpha) {
        int cut = ranks.quantile(alpha / 2);
        return cut < 0
                ? Interval.unbounded(estimate())
                : new Interval(estimate(), averages[cut], averages[averages.length - 1 - cut]);
    }

    /// Returns the probability that [#interval] misses the true value: `alpha` or, since ranks are discrete, less.
    ///
    /// @param alpha 0..1 exclusive
    public double achievedAlpha(double alpha) {
        return 2 * ranks.atMost(ranks.quantile(alpha / 2));
    }

    /// Returns the two-sided p value of the hypothesis that the centre is 0.
    public double pValue() {
        int below = 0;
        int above = 0;
        for (double average : averages) {
            if (average < 0) {
                below++;
            } else if (average > 0) {
                above++;
            }
        }
        // Averages of exactly 0 lie on either side, as the interval that touches 0 contains it.
        return Math.min(1, 2 * ranks.atMost(averages.length - Math.max(below, above)));
    }

    /// Returns whether the interval is exact: up to 25 differences, else by normal approximation.
    public boolean exact() {
        return count <= SignedRanks.EXACT_PAIRS;
    }
}
