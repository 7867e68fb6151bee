package dev.memfuse.metrics.stats;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Mean, percentiles and maximum of a latency distribution in milliseconds, all 0 when there was no sample.
///
/// The rule for few samples: a percentile is reliable when at least [#MIN_SAMPLES_ABOVE] samples lie above it, which
/// takes 200 samples for p50, 10,000 for p99 and 100,000 for p99.9. Results, reports, charts, tiles and the status bar
/// show a percentile below that as rough, texts with the prefix [#ROUGH]; the benchmark of queries
/// too, other benchmarks leave it out.
/// The rule assumes independent samples; latencies are autocorrelated, so the real uncertainty is larger.
///
/// @param mean arithmetic mean
/// @param p50 median
/// @param p90 90th percentile
/// @param p95 95th percentile
/// @param p99 99th percentile
/// @param p999 99.9th percentile
/// @param max largest value
public record Percentiles(double mean, double p50, double p90, double p95, double p99, double p999, double max) {
    /// Minimum number of samples above a reliable percentile.
    public static final int MIN_SAMPLES_ABOVE = 100;
    /// Prefix of a percentile that is not reliable.
    public static final String ROUGH = "~";
    /// The distribution without a sample.
    public static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0, 0);
    private static final Pattern LONG_NAME = Pattern.compile("\\bp999\\b");
    private static final Pattern SHOWN_NAME = Pattern.compile("\\bp99\\.9\\b");
    private static final double[] SHOWN = {50, 90, 95, 99, 99.9};
    private static final double NANOS_PER_MS = 1e6;
    /// Absorbs the rounding of `100 - percentile`, for instance of 99.9.
    private static final double TOLERANCE = 1e-6;

    /// Returns the summary of a histogram of nanoseconds.
    public static Percentiles of(Histogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return NONE;
        }
        return new Percentiles(nanos.getMean() / NANOS_PER_MS, ms(nanos, 50), ms(nanos, 90), ms(nanos, 95),
                ms(nanos, 99), ms(nanos, 99.9), maxMs(nanos));
    }

    /// Returns one percentile of a histogram of nanoseconds, in nanoseconds; 0 when the histogram is empty.
    ///
    /// @param percentile 0..100
    public static long nanos(Histogram nanos, double percentile) {
        return nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(percentile);
    }

    /// Returns one percentile of a histogram of nanoseconds, in milliseconds; 0 when the histogram is empty.
    ///
    /// @param percentile 0..100
    public static double ms(Histogram nanos, double percentile) {
        return nanos(nanos, percentile) / NANOS_PER_MS;
    }

    /// Returns one percentile of a histogram of nanoseconds, in milliseconds; null when it is not reliable.
    ///
    /// @param percentile 0..100
    public static @Nullable Double reliableMs(Histogram nanos, double percentile) {
        return reliable(nanos.getTotalCount(), percentile) ? (Double) ms(nanos, percentile) : null;
    }

    /// Returns the largest value of a histogram of nanoseconds, in milliseconds; 0 when the histogram is empty.
    public static double maxMs(Histogram nanos) {
        return nanos.getMaxValue() / NANOS_PER_MS;
    }

    /// Returns whether at least [#MIN_SAMPLES_ABOVE] samples lie above a percentile.
    ///
    /// @param count number of samples in total
    /// @param percentile 0..100
    public static boolean reliable(long count, double percentile) {
        return count * (100 - percentile) / 100 >= MIN_SAMPLES_ABOVE - TOLERANCE;
    }

    /// Returns the percentiles that results show, in ascending order.
    public static double[] shown() {
        return SHOWN.clone();
    }

    /// Returns the highest of the [#shown] percentiles that is reliable with a number of samples; empty below 200.
    public static OptionalDouble highestReliable(long count) {
        for (int i = SHOWN.length - 1; i >= 0; i--) {
            if (reliable(count, SHOWN[i])) {
                return OptionalDouble.of(SHOWN[i]);
            }
        }
        return OptionalDouble.empty();
    }

    /// Returns the name of a percentile: `p50`, `p99.9`.
    public static String name(double percentile) {
        return percentile == Math.rint(percentile)
                ? String.format(Locale.ROOT, "p%.0f", percentile)
                : "p" + percentile;
    }

    /// Returns the name of a figure for people: files and JSON have `query.p999`, which people read as `query.p99.9`.
    public static String title(String figure) {
        return LONG_NAME.matcher(figure).replaceAll("p99.9");
    }

    /// Returns the name of a figure in files for one that people type: `query.p999` for `query.p99.9`.
    public static String plain(String title) {
        return SHOWN_NAME.matcher(title).replaceAll("p999");
    }

    /// Returns one of the [#shown] percentiles in milliseconds.
    public double at(double percentile) {
        return switch ((int) Math.round(percentile * 10)) {
            case 500 -> p50;
            case 900 -> p90;
            case 950 -> p95;
            case 990 -> p99;
            case 999 -> p999;
            default -> throw new IllegalArgumentException("There is no percentile " + percentile);
        };
    }
}
