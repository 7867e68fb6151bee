package dev.memfuse.metrics.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// The moving-block bootstrap of a statistic of an autocorrelated series: resamples whole stretches of neighbours, so
/// that the resamples have the dependence of the series.
///
/// The percentile interval is expanded to that of Student's distribution with the number of whole blocks as the size of
/// the sample, since the plain one is too narrow for short series. Sources: Kuensch, *The Jackknife and the Bootstrap
/// for General Stationary Observations*, Ann. Statist. 17 (1989); length by Politis and White, *Automatic Block-Length
/// Selection for the Dependent Bootstrap*, Econometric Reviews 23 (2004), corrected by Patton, Politis and White
/// (2009); expansion by Hesterberg, *What Teachers Should Know about the Bootstrap*, The American Statistician 69
/// (2015).
public final class BlockBootstrap {
    private final double estimate;
    private final double[] sorted;
    private final double blocks;
    private final int length;

    private BlockBootstrap(double estimate, double[] sorted, double blocks, int length) {
        this.estimate = estimate;
        this.sorted = sorted;
        this.blocks = blocks;
        this.length = length;
    }

    /// Resamples a series in blocks of the [length][#blockLength] that its autocorrelation asks for.
    ///
    /// @param series in the order of time, at least four values
    /// @param seed of the resampling; the same seed gives the same interval
    public static BlockBootstrap of(double[] series, ToDoubleFunction<double[]> statistic, int resamples, long seed) {
        if (series.length < 4) {
            throw new IllegalArgumentException("A series of fewer than four values has no blocks to resample.");
        }
        int length = blockLength(series);
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[resamples];
        double[] drawn = new double[series.length];
        for (int i = 0; i < resamples; i++) {
            for (int from = 0; from < drawn.length; from += length) {
                System.arraycopy(series, random.nextInt(series.length - length + 1), drawn, from,
                        Math.min(length, drawn.length - from));
            }
            values[i] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(values);
        return new BlockBootstrap(statistic.applyAsDouble(series), values, (double) series.length / length, length);
    }

    /// Returns the length of blocks for a series: grows with its autocorrelation and the cube root of its length, 1 for
    /// independent values, at most a third of the series.
    public static int blockLength(double[] series) {
        int n = series.length;
        int bandwidth = 2 * significantLags(series);
        double sum = 0;
        double spectrum = 0;
        for (int lag = -bandwidth; lag <= bandwidth; lag++) {
            double window = Math.clamp(2 * (1 - Math.abs((double) lag) / bandwidth), 0, 1);
            double covariance = Autocorrelation.covariance(series, Math.abs(lag));
            sum += window * Math.abs(lag) * covariance;
            spectrum += window * covariance;
        }
        if (spectrum <= 0) {
            return 1;
        }
        double best = Math.cbrt(2 * sum * sum / (4.0 / 3 * spectrum * spectrum)) * Math.cbrt(n);
        return Math.clamp(Math.round(best), 1, Math.max(1, n / 3));
    }

    /// Returns the lag after which the autocorrelation is within its noise, at least 1.
    private static int significantLags(double[] series) {
        int n = series.length;
        int run = Math.max(5, (int) Math.sqrt(Math.log10(n)));
        double noise = 2 * Math.sqrt(Math.log10(n) / n);
        int last = Math.min(n / 2, (int) Math.ceil(Math.sqrt(n)) + run);
        int significant = 0;
        for (int lag = 1; lag <= last && lag - significant <= run; lag++) {
            if (Math.abs(Autocorrelation.at(series, lag)) > noise) {
                significant = lag;
            }
        }
        return Math.max(1, significant);
    }

    /// Returns the length of the blocks that were resampled.
    public int length() {
        return length;
    }

    /// Returns the statistic of the series with its interval.
    ///
    /// @param alpha probability that the interval misses the true value, 0..1 exclusive
    public Interval interval(double alpha) {
        double degrees = Math.max(1, blocks - 1);
        double tail = Means.normal(Means.t(alpha / 2, degrees) * expansion());
        return new Interval(estimate, Bca.at(sorted, tail), Bca.at(sorted, 1 - tail));
    }

    /// Returns the two-sided p value of the hypothesis that the statistic's true value is 0, on the scale of the
    /// expanded interval.
    public double pValue() {
        long below = Arrays.stream(sorted).filter(value -> value <= 0).count();
        double share = (Math.min(below, sorted.length - below) + 1.0) / (sorted.length + 2.0);
        double t = Means.z(share) / expansion();
        return Math.min(1, 2 * Means.student(t, Math.max(1, blocks - 1)));
    }

    private double expansion() {
        return Math.sqrt(blocks / Math.max(1, blocks - 1));
    }
}
