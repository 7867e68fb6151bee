package dev.memfuse.console.chart;

import java.util.Locale;

import dev.memfuse.console.fx.Formats;

/// Formats the values of charts.
public final class ChartNumbers {
    private ChartNumbers() {}

    /// Formats a value with at most three decimals and three significant digits, from 1,000 as a whole number with
    /// grouping; `–` for `NaN`.
    public static String exact(double value) {
        if (Double.isNaN(value)) {
            return Formats.NONE;
        }
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size >= 99.95 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 9.995) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return String.format(Locale.ROOT, size >= 0.9995 ? "%.2f" : "%.3f", value);
    }

    /// Formats an axis label: `2.5k`, `1M`, `0.25`.
    public static String axis(double value) {
        double size = Math.abs(value);
        if (size >= 1_000_000) {
            return plain(value / 1_000_000) + "M";
        }
        if (size >= 1_000) {
            return plain(value / 1_000) + "k";
        }
        return plain(value);
    }

    private static String plain(double value) {
        double rounded = Math.rint(value * 1_000_000) / 1_000_000;
        if (rounded == Math.rint(rounded)) {
            return Long.toString((long) rounded);
        }
        return Double.toString(rounded);
    }
}
