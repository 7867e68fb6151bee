package dev.memfuse.lab.paired;

import dev.memfuse.metrics.stats.Autocorrelation;
import dev.memfuse.metrics.stats.Bca;
import dev.memfuse.metrics.stats.BlockBootstrap;
import dev.memfuse.metrics.stats.HodgesLehmann;
import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.Means;
import dev.memfuse.metrics.stats.PairPower;

/// The centre of paired differences with its interval: by signed ranks, or by a moving-block bootstrap when neighbours
/// are correlated. Noise of the machine that is correlated between blocks does not correlate pairs in random order; a
/// ratio that itself moves does.
///
/// @param center estimate with its interval; unbounded when there are too few pairs for one
/// @param pValue two-sided p value of the hypothesis that the centre is 0
/// @param method name of the method, in words
/// @param noise standard deviation of one pair that the width of the interval stands for; NaN for a single pair
record PairedDifferences(Interval center, double pValue, String method, double noise) {
    /// Lag-1 autocorrelation above which the pairs are not treated as independent.
    static final double CORRELATED = 0.3;
    private static final int BLOCK_RESAMPLES = 2_000;
    private static final long SEED = 20_260_101;

    /// Estimates the centre.
    ///
    /// @param differences in the order of time, at least one, finite
    static PairedDifferences of(double[] differences, double alpha) {
        int smallest = HodgesLehmann.smallestSample(alpha);
        if (differences.length >= smallest && Autocorrelation.at(differences, 1) > CORRELATED) {
            return byBlocks(differences, alpha);
        }
        HodgesLehmann ranks = HodgesLehmann.of(differences);
        Interval interval = ranks.interval(alpha);
        if (!interval.bounded()) {
            return new PairedDifferences(interval, ranks.pValue(), "none: an interval takes at least " + smallest
                    + " pairs", Means.deviation(differences));
        }
        return new PairedDifferences(interval, ranks.pValue(), ranks.exact()
                ? "Hodges-Lehmann, exact signed ranks"
                : "Hodges-Lehmann, signed ranks by normal approximation",
                PairPower.noise(interval, differences.length, ranks.achievedAlpha(alpha)));
    }

    private static PairedDifferences byBlocks(double[] differences, double alpha) {
        BlockBootstrap blocks = BlockBootstrap.of(differences, HodgesLehmann::estimate, BLOCK_RESAMPLES, SEED);
        Interval interval = blocks.interval(alpha);
        return new PairedDifferences(interval, blocks.pValue(),
                "Hodges-Lehmann, moving-block bootstrap, blocks of " + blocks.length() + " pairs",
                PairPower.noise(interval, differences.length, alpha));
    }

    /// Returns the interval of the same estimate by another method, the BCa bootstrap over pairs, as a check.
    static Interval check(double[] differences, double alpha) {
        return Bca.of(differences, HodgesLehmann::estimate, alpha, Bca.RESAMPLES, SEED);
    }

    /// Returns the decision with this interval.
    Decision decision(double margin, Direction direction) {
        return Decision.of(center.estimate(), center.low(), center.high(), margin, direction);
    }

    /// Returns the pairs to add until a decision is likely at the noise and the estimate seen; 0 when it is decided.
    int pairsNeeded(Decision decision, int pairs, double margin, double alpha) {
        if (decision != Decision.NOT_ENOUGH) {
            return 0;
        }
        int limit = RatioEstimate.NO_END;
        if (pairs < 2) {
            return HodgesLehmann.smallestSample(alpha) - pairs;
        }
        double size = Math.abs(center.estimate());
        int total = size > margin
                ? PairPower.pairsFor(noise, size, alpha, PairPower.PLANNED, limit)
                : PairPower.pairsForSame(noise, size, margin, alpha, PairPower.PLANNED, limit);
        return total >= limit ? limit : Math.max(1, total - pairs);
    }
}
