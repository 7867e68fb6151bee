package dev.memfuse.console.lab.forest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.memfuse.lab.paired.MetricResult;

/// A logarithmic scale of ratios that contains 1.
///
/// @param low ratio at position 0, below 1
/// @param high ratio at position 1, above 1
public record RatioScale(double low, double high) {
    /// The narrowest scale reaches from 1/1.1 to 1.1.
    private static final double NARROWEST = 1.1;
    /// An extreme interval must not press the others together; what lies outside is drawn at the end.
    private static final double WIDEST = 20;
    private static final double ROOM = 0.06;
    private static final double[] ROUND = {0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.5, 2, 3,
            5, 10, 20};

    /// Returns a scale that contains ratios; those that are no positive number are left out.
    public static RatioScale of(List<Double> ratios) {
        double low = 1 / NARROWEST;
        double high = NARROWEST;
        for (double ratio : ratios) {
            if (ratio > 0 && Double.isFinite(ratio)) {
                low = Math.min(low, Math.max(ratio, 1 / WIDEST));
                high = Math.max(high, Math.min(ratio, WIDEST));
            }
        }
        double room = Math.exp(ROOM * Math.log(high / low));
        return new RatioScale(low / room, high * room);
    }

    /// Returns a scale that contains the ratios of metrics with their intervals.
    public static RatioScale ofMetrics(List<MetricResult> metrics) {
        return of(metrics.stream().map(MetricResult::ratio)
                .flatMap(ratio -> ratio.bounded()
                        ? Stream.of(ratio.low(), ratio.ratio(), ratio.high())
                        : Stream.of(ratio.ratio()))
                .toList());
    }

    /// Returns the position of a ratio, 0..1; the nearer end for one outside.
    public double position(double ratio) {
        return Math.clamp(Math.log(ratio / low) / Math.log(high / low), 0, 1);
    }

    /// Returns whether a ratio lies on the scale.
    public boolean contains(double ratio) {
        return ratio >= low && ratio <= high;
    }

    /// Returns round ratios from low to high, 1 among them.
    ///
    /// @param distance smallest distance of two of them, as a part of the scale
    public List<Double> ticks(double distance) {
        List<Double> ticks = new ArrayList<>(List.of(1.0));
        for (double ratio : ROUND) {
            if (contains(ratio) && ticks.stream().allMatch(tick -> apart(tick, ratio) >= distance)) {
                ticks.add(ratio);
            }
        }
        return ticks.stream().sorted().toList();
    }

    private double apart(double one, double other) {
        return Math.abs(position(one) - position(other));
    }

    /// Returns a ratio as the label of a tick: `0.5x`, `1x`, `1.05x`.
    public static String label(double ratio) {
        return (ratio == Math.rint(ratio)
                ? String.format(Locale.ROOT, "%.0f", ratio)
                : String.format(Locale.ROOT, Math.rint(ratio * 10) == ratio * 10 ? "%.1f" : "%.2f", ratio)) + "x";
    }
}
