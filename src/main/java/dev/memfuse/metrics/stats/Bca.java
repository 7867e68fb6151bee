package dev.memfuse.metrics.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// The bias-corrected and accelerated bootstrap interval of any statistic of independent values.
///
/// Source: Efron, *Better Bootstrap Confidence Intervals*, JASA 82 (1987); Efron and Tibshirani, *An Introduction to
/// the Bootstrap* (1993), chapter 14. The acceleration comes from the jackknife. The interval is approximate: it is a
/// little too narrow below 20 values.
public final class Bca {
    /// Number of resamples of the results.
    public static final int RESAMPLES = 10_000;

    private Bca() {}

    /// Returns the statistic of the sample with its interval; unbounded for fewer than two values.
    ///
    /// @param sample independent values, at least one
    /// @param alpha probability that the interval misses the true value, 0..1 exclusive
    /// @param resamples number of resamples, 1,000 or more
    /// @param seed of the resampling; the same seed gives the same interval
    public static Interval of(double[] sample, ToDoubleFunction<double[]> statistic, double alpha, int resamples,
            long seed) {
        double estimate = statistic.applyAsDouble(sample);
        if (sample.length < 2) {
            return Interval.unbounded(estimate);
        }
        double[] values = resample(sample, statistic, resamples, new SplittableRandom(seed));
        double bias = bias(values, estimate);
        double acceleration = acceleration(sample, statistic);
        return new Interval(estimate, at(values, level(alpha / 2, bias, acceleration)),
                at(values, level(1 - alpha / 2, bias, acceleration)));
    }

    private static double[] resample(double[] sample, ToDoubleFunction<double[]> statistic, int resamples,
            SplittableRandom random) {
        double[] values = new double[resamples];
        double[] drawn = new double[sample.length];
        for (int i = 0; i < resamples; i++) {
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = sample[random.nextInt(sample.length)];
            }
            values[i] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(values);
        return values;
    }

    /// Returns the normal quantile of the share of resamples below the estimate; those equal to it count as half.
    private static double bias(double[] sorted, double estimate) {
        double below = 0;
        for (double value : sorted) {
            below += value < estimate ? 1 : value == estimate ? 0.5 : 0;
        }
        return Means.z(Math.clamp(below, 0.5, sorted.length - 0.5) / sorted.length);
    }

    private static double acceleration(double[] sample, ToDoubleFunction<double[]> statistic) {
        double[] without = new double[sample.length];
        for (int i = 0; i < sample.length; i++) {
            double[] rest = new double[sample.length - 1];
            System.arraycopy(sample, 0, rest, 0, i);
            System.arraycopy(sample, i + 1, rest, i, rest.length - i);
            without[i] = statistic.applyAsDouble(rest);
        }
        double mean = Means.mean(without);
        double squares = 0;
        double cubes = 0;
        for (double value : without) {
            double difference = mean - value;
            squares += difference * difference;
            cubes += difference * difference * difference;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    private static double level(double probability, double bias, double acceleration) {
        double z = bias + Means.z(probability);
        return Means.normal(bias + z / (1 - acceleration * z));
    }

    /// Returns the quantile of sorted values, without interpolation.
    static double at(double[] sorted, double probability) {
        return sorted[Math.clamp((long) Math.floor(probability * sorted.length), 0, sorted.length - 1)];
    }
}
