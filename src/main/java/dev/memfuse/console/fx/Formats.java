package dev.memfuse.console.fx;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import dev.memfuse.metrics.stats.Numbers;

/// Formats figures for the window, with a decimal point and English grouping, as reports do.
public final class Formats {
    /// Text of a missing value.
    public static final String NONE = "–";
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Formats() {}

    /// Formats nanoseconds as milliseconds with unit: `0.42 ms`, `12.3 ms`, `1,234 ms`.
    public static String nanosAsMillis(double nanos) {
        return millis(nanos / TimeUnit.MILLISECONDS.toNanos(1)) + " ms";
    }

    /// Formats milliseconds without unit, with three significant digits, for columns whose header names the unit.
    public static String millis(double millis) {
        return Numbers.value(millis);
    }

    /// Formats a rate with unit: `1,234 ops/s`; one decimal below 100.
    public static String perSecond(double rate) {
        return rate(rate) + " ops/s";
    }

    /// Formats a rate without unit.
    public static String rate(double rate) {
        return Numbers.rate(rate);
    }

    /// Formats a share 0..1 as percent with unit: `12.5 %`.
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /// Formats a whole number with grouping.
    public static String count(long count) {
        return Numbers.count(count);
    }

    /// Formats a size in the largest unit that yields at least 1, with at most three digits: `64 KiB`, `1.5 GiB`.
    public static String size(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double size = bytes;
        int unit = 0;
        // A value that rounds up to 1024 belongs to the next unit.
        while (size >= 1023.5 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        boolean whole = size >= 100 || Math.abs(size - Math.rint(size)) < 0.005;
        return String.format(Locale.ROOT, whole ? "%.0f %s" : size >= 10 ? "%.1f %s" : "%.2f %s", size, units[unit]);
    }

    /// Formats a duration in the largest unit that yields at least 2: `1.20 s`, `90.0 s`, `30 min`, `24 h`, `30 days`.
    public static String duration(Duration time) {
        double seconds = time.toMillis() / 1000.0;
        double[] lengths = {86_400, 3_600, 60};
        String[] units = {"days", "h", "min"};
        for (int i = 0; i < lengths.length; i++) {
            double count = seconds / lengths[i];
            if (count >= 2) {
                boolean whole = Math.abs(count - Math.rint(count)) < 0.05;
                return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", count, units[i]);
            }
        }
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : seconds < 100 ? "%.1f s" : "%.0f s", seconds);
    }

    /// Formats an estimated time like [#duration(Duration)], in whole seconds below two minutes: `27 s`, `3.5 min`. An
    /// estimate has no tenths of a second.
    public static String estimate(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        return seconds < 120 ? seconds + " s" : duration(Duration.ofSeconds(seconds));
    }

    /// Formats a duration as minutes and seconds, with hours from one hour on: `0:05`, `12:30`, `1:02:03`.
    public static String clock(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /// Formats the time of day of an instant in the default time zone: `14:03:59`.
    public static String timeOfDay(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    /// Formats an instant with its date in the default time zone: `2026-11-23 14:03`.
    public static String moment(Instant at) {
        return MOMENT.format(at.atZone(ZoneId.systemDefault()));
    }
}
