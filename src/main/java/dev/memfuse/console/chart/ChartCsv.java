package dev.memfuse.console.chart;

import java.time.Instant;
import java.util.List;

import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;

/// Writes the samples of several charts as one CSV table: a row per instant, a column per series with its unit in the
/// header, and an empty field for a missing value.
public final class ChartCsv {

    /// The columns of one chart.
    public record Part(ChartSpec spec, SampleRing samples) {}

    private final List<Part> parts;
    private final int[] next;
    private final StringBuilder text = new StringBuilder();

    private ChartCsv(List<Part> parts, long from) {
        this.parts = parts;
        next = new int[parts.size()];
        for (int i = 0; i < next.length; i++) {
            next[i] = parts.get(i).samples().firstNotBefore(from);
        }
    }

    /// Returns the table with `\n` line ends, header first, times in UTC.
    public static String table(List<Part> parts, Span span) {
        ChartCsv csv = new ChartCsv(List.copyOf(parts), span.from());
        csv.header();
        for (long at = csv.earliest(); at <= span.to(); at = csv.earliest()) {
            csv.row(at);
        }
        return csv.text.toString();
    }

    private void header() {
        text.append("time");
        for (Part part : parts) {
            ChartSpec spec = part.spec();
            for (String series : spec.series()) {
                text.append(',').append(field(spec.title() + ": " + series + " (" + spec.unit() + ")"));
            }
        }
        text.append('\n');
    }

    private long earliest() {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            SampleRing ring = parts.get(i).samples();
            if (next[i] < ring.size()) {
                earliest = Math.min(earliest, ring.time(next[i]));
            }
        }
        return earliest;
    }

    private void row(long at) {
        text.append(Instant.ofEpochMilli(at));
        for (int i = 0; i < next.length; i++) {
            SampleRing ring = parts.get(i).samples();
            boolean here = next[i] < ring.size() && ring.time(next[i]) == at;
            for (int series = 0; series < ring.series(); series++) {
                text.append(',');
                double value = here ? ring.value(series, next[i]) : Double.NaN;
                if (!Double.isNaN(value)) {
                    text.append(value);
                }
            }
            if (here) {
                next[i]++;
            }
        }
        text.append('\n');
    }

    private static String field(String raw) {
        boolean plain = raw.indexOf(',') < 0 && raw.indexOf('"') < 0 && raw.indexOf('\n') < 0;
        return plain ? raw : '"' + raw.replace("\"", "\"\"") + '"';
    }
}
