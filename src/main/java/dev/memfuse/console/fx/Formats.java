package dev.memfuse.console.fx;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How figures look on screen, in one place. Always with a point and English grouping, so that a figure copied from
/// the window reads the same as one in a report.
public final class Formats {
    /// Stands for a value that does not exist.
    public static final String NONE = "–";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Formats() {}

    /// Nanoseconds as milliseconds with unit: `0.42 ms`, `12.3 ms`, `1,234 ms`.
    public static String nanosAsMillis(double nanos) {
        return millis(nanos / TimeUnit.MILLISECONDS.toNanos(1)) + " ms";
    }

    /// Milliseconds without unit, three significant digits: for columns whose head names the unit.
    public static String millis(double millis) {
        double size = Math.abs(millis);
        return String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f", millis);
    }

    /// A rate with unit: `1,234 ops/s`; one decimal below 100.
    public static String perSecond(double rate) {
        return rate(rate) + " ops/s";
    }

    /// A rate without unit.
    public static String rate(double rate) {
        return String.format(Locale.ROOT, rate != 0 && Math.abs(rate) < 100 ? "%.1f" : "%,.0f", rate);
    }

    /// A share 0..1 as percent with unit: `12.5 %`.
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /// A whole number with grouping.
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// A size in memory: `512 MB`.
    public static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", bytes >> 20);
    }

    /// A size on disk in the largest unit that leaves at least one, with three digits at most: `64 KiB`, `1.5 GiB`.
    public static String size(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double size = bytes;
        int unit = 0;
        // What would be rounded up to 1024 belongs to the next unit.
        while (size >= 1023.5 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        boolean whole = size >= 100 || Math.abs(size - Math.rint(size)) < 0.005;
        return String.format(Locale.ROOT, whole ? "%.0f %s" : size >= 10 ? "%.1f %s" : "%.2f %s", size, units[unit]);
    }

    /// A length of time in the largest unit that leaves at least two: `1.20 s`, `90 s`, `30 min`, `24 h`, `30 days`.
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

    /// A length of time as minutes and seconds, with hours when there are any: `0:05`, `12:30`, `1:02:03`.
    public static String clock(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /// The time of day of an instant in the zone of this machine: `14:03:59`.
    public static String timeOfDay(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }
}
