package dev.memfuse.metrics.stats;

import java.util.Locale;

/// Formats measured values, independent of the locale, so that a value looks the same in the window, on the terminal,
/// in reports and in alerts.
public final class Numbers {
    private Numbers() {}

    /// Formats an integer with thousands separators.
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// Formats a number of things with its noun: `1 message`, `2 messages`.
    ///
    /// @param noun singular, whose plural ends in an added `s`
    public static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /// Formats a measured value with at most three significant digits after the decimal point, without an exponent:
    /// `20,586`, `12.3`, `0.42`, `0.042`.
    public static String value(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /// Formats milliseconds with their unit: `20,586 ms`.
    public static String ms(double millis) {
        return value(millis) + " ms";
    }

    /// Formats seconds with their unit: `20.6 s`.
    public static String seconds(double seconds) {
        return value(seconds) + " s";
    }

    /// Formats a rate per second without unit; one decimal below 100.
    public static String rate(double rate) {
        return String.format(Locale.ROOT, rate != 0 && Math.abs(rate) < 100 ? "%.1f" : "%,.0f", rate);
    }

    /// Formats a percentile: prefixed with `~` when it is [rough][Percentiles#reliable].
    ///
    /// @param samples number of samples
    public static String percentile(long samples, double percentile, double ms) {
        return (Percentiles.reliable(samples, percentile) ? "" : Percentiles.ROUGH) + value(ms);
    }

    /// Formats a value for machines: no separators, at most six decimals.
    public static String plain(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
