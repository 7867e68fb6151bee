package dev.memfuse.metrics.stats;

import java.util.Arrays;

import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/// Location and spread of a sample.
public final class Means {
    /// Makes the median absolute deviation of a normal sample its standard deviation.
    private static final double MAD_TO_DEVIATION = 1.4826;

    private Means() {}

    /// Returns the arithmetic mean; NaN without a value.
    public static double mean(double[] sample) {
        return Arrays.stream(sample).average().orElse(Double.NaN);
    }

    /// Returns the standard deviation with the divisor n - 1; 0 for a single value, NaN without one.
    public static double deviation(double[] sample) {
        return StandardDeviation.of(sample).getAsDouble();
    }

    /// Returns the median; NaN without a value.
    public static double median(double[] sample) {
        // Without the copy the sample would be reordered in place.
        return Median.withDefaults().withCopy(true).evaluate(sample);
    }

    /// Returns the median absolute deviation, scaled to the standard deviation of a normal sample.
    public static double robustDeviation(double[] sample) {
        double median = median(sample);
        return MAD_TO_DEVIATION * median(Arrays.stream(sample).map(value -> Math.abs(value - median)).toArray());
    }

    /// Returns the mean with Student's interval; unbounded for fewer than two values.
    ///
    /// @param alpha probability that the interval misses the true mean, 0..1 exclusive
    public static Interval interval(double[] sample, double alpha) {
        double mean = mean(sample);
        if (sample.length < 2) {
            return Interval.unbounded(mean);
        }
        double half = t(1 - alpha / 2, sample.length - 1) * deviation(sample) / Math.sqrt(sample.length);
        return new Interval(mean, mean - half, mean + half);
    }

    /// Returns the two-sided p value of Student's test that the true mean is 0; 1 for fewer than two values.
    public static double pValue(double[] sample) {
        if (sample.length < 2) {
            return 1;
        }
        double mean = mean(sample);
        double t = mean == 0 ? 0 : Math.abs(mean) * Math.sqrt(sample.length) / deviation(sample);
        return 2 * student(-t, sample.length - 1.0);
    }

    /// Returns the quantile of the standard normal distribution.
    static double z(double probability) {
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
    }

    /// Returns the probability of a standard normal value of at most `z`.
    static double normal(double z) {
        return NormalDistribution.of(0, 1).cumulativeProbability(z);
    }

    /// Returns the quantile of Student's distribution.
    static double t(double probability, double degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(probability);
    }

    /// Returns the probability of a value of Student's distribution of at most `t`.
    static double student(double t, double degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).cumulativeProbability(t);
    }
}
