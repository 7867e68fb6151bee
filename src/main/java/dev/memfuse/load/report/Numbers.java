package dev.memfuse.load.report;

import java.util.Locale;

/// Numbers as a report prints them, the same in every country.
final class Numbers {
    private Numbers() {}

    /// A whole number with separated thousands.
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// A measured value with about three significant digits, never in powers of ten.
    static String value(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /// A value for machines: no separators, six decimals at most.
    static String plain(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
