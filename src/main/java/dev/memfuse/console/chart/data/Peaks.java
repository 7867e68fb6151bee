package dev.memfuse.console.chart.data;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Separates a few peaks from the other values of a span, so that the peaks do not stretch the value axis.
///
/// Values are peaks when they are above twice the 95th percentile of the span, and only when the highest is clearly
/// above it and the span has enough samples. A change that lasts is therefore drawn in full after a few seconds.
///
/// @param top largest value that is no peak; `NaN` without values
/// @param highest largest value; `NaN` without values
/// @param count number of samples that are peaks
public record Peaks(double top, double highest, int count) {
    /// No peaks.
    public static final Peaks NONE = new Peaks(Double.NaN, Double.NaN, 0);
    private static final double SHARE = 0.95;
    private static final int MIN_SAMPLES = 20;
    private static final double NEAR = 2;
    private static final double CLEAR = 2.5;

    /// Finds the peaks of the samples in a span.
    ///
    /// @param stacked whether the height of a sample is the sum of its series instead of the largest
    /// @param shown series that count
    public static Peaks of(SampleRing ring, Span span, boolean stacked, IntPredicate shown) {
        int first = ring.firstNotBefore(span.from());
        int end = ring.firstNotBefore(span.to() + 1);
        double[] heights = new double[Math.max(0, end - first)];
        int count = 0;
        for (int index = first; index < end; index++) {
            double height = height(ring, index, stacked, shown);
            if (height > 0) {
                heights[count++] = height;
            }
        }
        if (count < MIN_SAMPLES) {
            return NONE;
        }
        Arrays.sort(heights, 0, count);
        double usual = heights[(int) Math.ceil(SHARE * count) - 1];
        double highest = heights[count - 1];
        if (highest <= CLEAR * usual) {
            return NONE;
        }
        int peaks = 0;
        while (heights[count - 1 - peaks] > NEAR * usual) {
            peaks++;
        }
        return new Peaks(heights[count - 1 - peaks], highest, peaks);
    }

    private static double height(SampleRing ring, int index, boolean stacked, IntPredicate shown) {
        double height = Double.NaN;
        for (int series = 0; series < ring.series(); series++) {
            double value = ring.value(series, index);
            if (shown.test(series) && !Double.isNaN(value)) {
                height = Double.isNaN(height) ? value : stacked ? height + value : Math.max(height, value);
            }
        }
        return height;
    }
}
