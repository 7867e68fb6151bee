package dev.memfuse.console.chart.data;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/// Reduces samples to the resolution of the chart, so that the cost of drawing depends on its width and not on the
/// length of the history.
///
/// Times become seconds since the epoch, the unit of the time axis.
public final class Reduction {
    private static final double MILLIS = 1_000.0;

    private Reduction() {}

    /// Reduces one series to a line: for each pixel column the smallest and the largest value in the order of their
    /// time, so that no peak is lost.
    ///
    /// @param columns number of pixel columns, at least 1
    public static void line(SampleRing ring, int series, Span span, int columns, Polyline into) {
        line(ring, span, columns, into, index -> ring.value(series, index));
    }

    /// Reduces the sum of several series to a line, as [#line] does with one.
    ///
    /// @param series series that are added; a missing value counts as none, and no value is a gap
    /// @param columns number of pixel columns, at least 1
    public static void sum(SampleRing ring, List<Integer> series, Span span, int columns, Polyline into) {
        line(ring, span, columns, into, index -> {
            double sum = Double.NaN;
            for (int one : series) {
                double value = ring.value(one, index);
                sum = Double.isNaN(value) ? sum : Double.isNaN(sum) ? value : sum + value;
            }
            return sum;
        });
    }

    private static void line(SampleRing ring, Span span, int columns, Polyline into, IntToDoubleFunction value) {
        into.clear();
        int last = Math.min(ring.size() - 1, ring.firstNotBefore(span.to()));
        int index = Math.max(0, ring.lastNotAfter(span.from()));
        while (index <= last) {
            int end = endOfColumn(ring, span, columns, index, last);
            if (index > 0 && !ring.joined(index)) {
                into.addGap(ring.time(index) / MILLIS);
            }
            addExtremes(ring, value, index, end, into);
            index = end + 1;
        }
    }

    /// Stacks all series: for each pixel column the sums of the means of the series, from the first series on. Means
    /// and not maxima, because the peaks of several series in one column need not coincide. Each sample describes the
    /// second before its time.
    ///
    /// @param shown series that count; the others have no height
    /// @param into receives one line per series, each above the previous one
    public static void stack(SampleRing ring, Span span, int columns, IntPredicate shown, Polyline[] into) {
        for (Polyline line : into) {
            line.clear();
        }
        double[] means = new double[into.length];
        boolean drawn = false;
        int last = Math.min(ring.size() - 1, ring.firstNotBefore(span.to()));
        int index = Math.max(0, ring.lastNotAfter(span.from()));
        while (index <= last) {
            int end = endOfColumn(ring, span, columns, index, last);
            double at = ring.time(index) / MILLIS;
            boolean apart = index > 0 && !ring.joined(index);
            boolean measured = means(ring, index, end, shown, means);
            if (apart || !measured) {
                gap(into, at);
            }
            if (measured) {
                if (apart || !drawn) {
                    // A sample describes the second before it: without this point a single one would have no width.
                    pile(into, at - 1, means);
                }
                pile(into, at, means);
            }
            drawn = measured;
            index = end + 1;
        }
    }

    private static void gap(Polyline[] lines, double at) {
        for (Polyline line : lines) {
            line.addGap(at);
        }
    }

    private static void pile(Polyline[] lines, double at, double[] means) {
        double sum = 0;
        for (int series = 0; series < lines.length; series++) {
            sum += Double.isNaN(means[series]) ? 0 : means[series];
            lines[series].add(at, sum);
        }
    }

    private static boolean means(SampleRing ring, int from, int to, IntPredicate shown, double[] means) {
        boolean measured = false;
        for (int series = 0; series < means.length; series++) {
            means[series] = shown.test(series) ? mean(ring, series, from, to) : Double.NaN;
            measured |= !Double.isNaN(means[series]);
        }
        return measured;
    }

    private static int endOfColumn(SampleRing ring, Span span, int columns, int index, int last) {
        long column = column(ring.time(index), span, columns);
        int end = index;
        while (end < last && column(ring.time(end + 1), span, columns) == column
                && ring.joined(end + 1)) {
            end++;
        }
        return end;
    }

    private static long column(long time, Span span, int columns) {
        // By absolute time: while the span moves, a sample stays in the column with the same neighbours.
        return Math.floorDiv(time * columns, span.length());
    }

    private static void addExtremes(SampleRing ring, IntToDoubleFunction values, int from, int to, Polyline into) {
        int lowest = -1;
        int highest = -1;
        for (int i = from; i <= to; i++) {
            double value = values.applyAsDouble(i);
            if (Double.isNaN(value)) {
                continue;
            }
            if (lowest < 0 || value < values.applyAsDouble(lowest)) {
                lowest = i;
            }
            if (highest < 0 || value >= values.applyAsDouble(highest)) {
                highest = i;
            }
        }
        if (lowest < 0) {
            into.addGap(ring.time(from) / MILLIS);
            return;
        }
        int first = Math.min(lowest, highest);
        int second = Math.max(lowest, highest);
        into.add(ring.time(first) / MILLIS, values.applyAsDouble(first));
        if (second != first) {
            into.add(ring.time(second) / MILLIS, values.applyAsDouble(second));
        }
    }

    private static double mean(SampleRing ring, int series, int from, int to) {
        double sum = 0;
        int count = 0;
        for (int i = from; i <= to; i++) {
            double value = ring.value(series, i);
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
