package dev.memfuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.lab.sweep.SweepPoint;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.sweep.SweepRun;
import dev.memfuse.lab.sweep.SweepValues;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.metrics.stats.LittlesLaw;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import dev.memfuse.progress.Progress;

/// Formats the result of a sweep: finding, points with a bar of the throughput, law, design.
public final class SweepTable {
    private static final int BAR = 30;

    private SweepTable() {}

    /// Returns the progress of a sweep.
    public static Progress progress(SweepRun.Status status) {
        return Progress.ofShare(status.now().isEmpty() ? "Sweep" : "At " + status.now(),
                (double) status.loads() / status.total());
    }

    /// Returns the result, line by line.
    public static List<String> lines(SweepResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.sentence());
        result.problems().forEach(problem -> lines.add("! " + problem));
        if (result.cancelled()) {
            lines.add("! The sweep was ended by hand; this covers its loads until then.");
        }
        lines.add("");
        lines.addAll(points(result));
        lines.add("");
        lines.addAll(law(result));
        lines.add("");
        result.design().forEach((name, value) -> lines.add(String.format(Locale.ROOT, "%-12s %s", name, value)));
        return lines;
    }

    private static List<String> points(SweepResult result) {
        List<String> operations = List.copyOf(result.points().getFirst().latencyMs().keySet());
        List<String> head = new ArrayList<>(List.of(result.parameter()));
        if (result.secondParameter() != null) {
            head.add(result.secondParameter());
        }
        head.add("throughput/s");
        operations.forEach(operation -> head.addAll(List.of(operation + " p50 ms", operation + " p95 ms")));
        head.add("in flight");
        head.add(" ".repeat(BAR));
        TextTable table = new TextTable(0).row(head.toArray(String[]::new));
        double largest = result.points().stream().mapToDouble(SweepPoint::throughputPerS).max().orElse(1);
        for (SweepPoint point : result.points()) {
            List<String> cells = new ArrayList<>(List.of(SweepValues.text(point.value())));
            if (point.second() != null) {
                cells.add(SweepValues.text(point.second()));
            }
            cells.add(Numbers.rate(point.throughputPerS()));
            for (String operation : operations) {
                cells.add(latency(point.latencyMs(), point.samples(), operation, 50));
                cells.add(latency(point.latencyMs(), point.samples(), operation, 95));
            }
            LittlesLaw law = point.littlesLaw();
            cells.add(law == null ? "–" : Numbers.value(law.expected()) + (law.agrees() ? "" : " !"));
            int length = (int) Math.round(BAR * point.throughputPerS() / largest);
            cells.add("#".repeat(length) + " ".repeat(BAR - length));
            table.row(cells.toArray(String[]::new));
        }
        return table.lines();
    }

    private static String latency(Map<String, Percentiles> latencies, Map<String, Long> samples, String operation,
            double percentile) {
        long count = samples.getOrDefault(operation, 0L);
        return count == 0
                ? "–"
                : Numbers.percentile(count, percentile,
                        latencies.getOrDefault(operation, Percentiles.NONE).at(percentile));
    }

    private static List<String> law(SweepResult result) {
        SweepResult.Law law = result.law();
        if (law == null) {
            return List.of("No scalability law: " + result.noLaw());
        }
        List<String> lines = new ArrayList<>();
        lines.add("Universal Scalability Law, with 95 % intervals:");
        law.facts(result.parameter()).forEach((name, value) -> lines.add(String.format(Locale.ROOT, "  %-17s %s", name,
                value)));
        return lines;
    }
}
