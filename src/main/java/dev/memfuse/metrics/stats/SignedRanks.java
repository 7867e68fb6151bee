package dev.memfuse.metrics.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// The distribution of Wilcoxon's signed-rank statistic of `n` symmetric differences around 0.
///
/// Exact up to [#EXACT_PAIRS] differences: the number of subsets of the ranks 1..n with each sum, by dynamic
/// programming. Above, the normal approximation with continuity correction. Source: Hollander, Wolfe, Chicken,
/// *Nonparametric Statistical Methods*, 3rd edition 2014, section 3.1. Immutable.
final class SignedRanks {
    /// Largest number of differences with an exact distribution.
    static final int EXACT_PAIRS = 25;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final int sums;
    private final double mean;
    private final double deviation;
    private final double[] cumulative;

    SignedRanks(int n) {
        sums = n * (n + 1) / 2;
        mean = sums / 2.0;
        deviation = Math.sqrt(n * (n + 1.0) * (2.0 * n + 1) / 24);
        cumulative = n <= EXACT_PAIRS ? exact(n, sums) : new double[0];
    }

    private static double[] exact(int n, int sums) {
        double[] probability = new double[sums + 1];
        probability[0] = 1;
        for (int rank = 1; rank <= n; rank++) {
            for (int sum = sums; sum >= 0; sum--) {
                double without = probability[sum];
                probability[sum] = (sum < rank ? without : without + probability[sum - rank]) / 2;
            }
        }
        for (int sum = 1; sum <= sums; sum++) {
            probability[sum] += probability[sum - 1];
        }
        return probability;
    }

    /// Returns the largest value of the statistic.
    int sums() {
        return sums;
    }

    /// Returns the probability of a statistic of at most `sum`.
    double atMost(int sum) {
        if (sum < 0) {
            return 0;
        }
        if (cumulative.length > 0) {
            return Math.min(1, cumulative[Math.min(sum, sums)]);
        }
        return NORMAL.cumulativeProbability((sum + 0.5 - mean) / deviation);
    }

    /// Returns the largest sum whose probability of not being exceeded is at most `tail`; -1 when there is none.
    int quantile(double tail) {
        int low = -1;
        int high = sums;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (atMost(middle) <= tail) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
