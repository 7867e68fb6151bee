package dev.memfuse.load.report;

import java.util.Locale;

/// Formats numbers for reports, independent of the locale.
final class Numbers {
    private Numbers() {}

    /// Formats an integer with thousands separators.
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// Formats a measured value with about three significant digits, without an exponent.
    static String value(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /// Formats a value for machines: no separators, at most six decimals.
    static String plain(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
