package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.FirstAccessResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadResult.PoolResult;
import dev.memfuse.load.Threshold;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// Formats a result as lines for the terminal, in ASCII.
public final class LoadSummary {
    private static final double MIN_SHOWN_STAGE_MS = 0.0005;
    private static final double MIB = 1 << 20;

    private LoadSummary() {}

    /// Returns all lines of a report.
    public static List<String> lines(LoadReport report) {
        LoadResult result = report.result();
        List<String> lines = new ArrayList<>();
        lines.add(headline(report));
        lines.add("");
        lines.addAll(operations(result));
        lines.add("");
        lines.addAll(figures(result));
        if (!result.changes().isEmpty()) {
            lines.add("");
            lines.add("Changes during the run:");
            result.changes().forEach(change -> lines.add("  " + change));
        }
        if (!result.faults().isEmpty()) {
            lines.add("");
            lines.add("Faults of the network:");
            result.faults().forEach(fault -> lines.add("  " + FaultText.of(fault)));
        }
        if (!result.warnings().isEmpty()) {
            lines.add("");
            lines.add("Notes:");
            result.warnings().forEach(warning -> lines.add("  - " + warning));
        }
        if (!report.result().thresholds().isEmpty()) {
            lines.add("");
            lines.add("Thresholds:");
            lines.addAll(thresholds(report.result().thresholds()));
        }
        lines.add("");
        lines.addAll(VerdictText.lines(result.verdict()));
        return lines.stream().map(line -> line.replace("→", "->")).toList();
    }

    /// Returns one line with model, target, users and duration.
    static String headline(LoadReport report) {
        return String.format(Locale.ROOT, "%s, %s, %s s measured after %s s of warm-up",
                OfferedLoad.headline(report.workload(), report.result().arrival().target()),
                Numbers.count(report.workload().users(), "user"), Numbers.value(report.result().seconds()),
                Numbers.value(warmupSeconds(report)));
    }

    /// Returns the length that the warm-up had; without a recording, its planned one.
    private static double warmupSeconds(LoadReport report) {
        return report.recording().timeline().stream().filter(Point::warmup).mapToDouble(Point::seconds).max()
                .orElse(report.workload().warmup().minimum().toMillis() / 1e3);
    }

    private static List<String> operations(LoadResult result) {
        TextTable table = new TextTable(1).row("latency in ms", "count", "errors", "ops/s", "mean", "p50", "p90", "p95",
                "p99", "p99.9", "max");
        for (Map.Entry<String, OperationResult> entry : result.operations().entrySet()) {
            OperationResult operation = entry.getValue();
            table.row(row(operation, operation.latencyMs(), entry.getKey(), Numbers.count(operation.count()),
                    Numbers.count(operation.errors()), Numbers.rate(operation.throughputPerS())));
            if (result.arrival().open()) {
                table.row(row(operation, operation.serviceMs(), "  service", "", "", ""));
            }
        }
        return table.lines();
    }

    private static String[] row(OperationResult operation, Percentiles ms, String... first) {
        List<String> cells = new ArrayList<>(List.of(first));
        cells.add(Numbers.value(ms.mean()));
        for (double percentile : Percentiles.shown()) {
            cells.add(percentile(operation, percentile, ms.at(percentile)));
        }
        cells.add(bound(operation, ms.max()) + Numbers.value(ms.max()));
        return cells.toArray(String[]::new);
    }

    /// Returns a percentile, prefixed with `~` when it is rough and `>=` when it is a lower bound.
    private static String percentile(OperationResult operation, double percentile, double ms) {
        return bound(operation, ms) + Numbers.percentile(operation.samples(), percentile, ms);
    }

    private static String bound(OperationResult operation, double ms) {
        return operation.lowerBound(ms) ? ">=" : "";
    }

    private static List<String> figures(LoadResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("Acknowledged: " + Acknowledgements.of(result));
        StringBuilder stages = new StringBuilder();
        result.stagesMs().forEach((stage, ms) -> {
            if (ms >= MIN_SHOWN_STAGE_MS) {
                stages.append(stages.isEmpty() ? "" : ", ").append(stage).append(' ').append(Numbers.value(ms));
            }
        });
        lines.add("Stages, mean ms per operation: " + (stages.isEmpty() ? "none measured" : stages));
        if (!result.costPerOperation().isEmpty()) {
            lines.add("Cost per operation: " + CostText.of(result.costPerOperation()));
        }
        PoolResult pool = result.pool();
        if (pool.limit() > 0) {
            pool(pool, lines);
        }
        FirstAccessResult first = result.firstAccess();
        if (first.count() > 0) {
            lines.add(String.format(Locale.ROOT, "First access of a user, ms: p50 %s, p95 %s, max %s, of %s built",
                    Numbers.percentile(first.count(), 50, first.ms().p50()),
                    Numbers.percentile(first.count(), 95, first.ms().p95()), Numbers.value(first.ms().max()),
                    Numbers.count(first.count(), "service")));
        }
        lines.add(arrivals(result));
        if (result.generator() != null) {
            lines.add(GeneratorText.of(result.generator()));
        }
        if (result.late() > 0) {
            lines.add(String.format(Locale.ROOT, "Drain: %s ended after the measured part, the last one %s after it",
                    Numbers.count(result.late(), "operation"), Numbers.seconds(result.drainSeconds())));
        }
        if (result.extraction() != null) {
            lines.addAll(ExtractionText.lines(result.extraction()));
        }
        if (result.start().users() >= 0) {
            lines.add(String.format(Locale.ROOT, "Database at the start: %s, %s, %s MiB",
                    Numbers.count(result.start().users(), "user"), Numbers.count(result.start().messages(), "message"),
                    Numbers.value(result.start().bytes() / MIB)));
        }
        return lines;
    }

    private static void pool(PoolResult pool, List<String> lines) {
        lines.add(String.format(Locale.ROOT,
                "Pool: %s of %s connections at most, %s on average, %s waiting at most, %s",
                Numbers.count(pool.activeMax()), Numbers.count(pool.limit()), Numbers.value(pool.activeMean()),
                Numbers.count(pool.waitingMax()), Numbers.count(pool.timeouts(), "timeout")));
        lines.add(String.format(Locale.ROOT, "Wait for a connection, ms: p50 %s, p99 %s, max %s",
                Numbers.percentile(pool.waits(), 50, pool.acquireMs().p50()),
                Numbers.percentile(pool.waits(), 99, pool.acquireMs().p99()), Numbers.value(pool.acquireMs().max())));
    }

    private static String arrivals(LoadResult result) {
        ArrivalResult arrival = result.arrival();
        String unfinished = result.unfinished() == 0
                ? ""
                : ", " + Numbers.count(result.unfinished()) + " did not end";
        if (!arrival.open()) {
            return "Calls: " + Numbers.count(arrival.started()) + " started" + unfinished;
        }
        return String.format(Locale.ROOT,
                "Arrivals: %s due, %s started, %s dropped%s, %.1f %% achieved; started late by p99 %s ms, max %s ms",
                Numbers.count(arrival.scheduled()), Numbers.count(arrival.started()), Numbers.count(arrival.dropped()),
                unfinished, arrival.achieved() * 100,
                Numbers.percentile(arrival.started(), 99, arrival.lagMs().p99()), Numbers.value(arrival.lagMs().max()));
    }

    /// Returns one aligned line for each threshold, with the measured value.
    public static List<String> thresholds(List<Threshold.Outcome> outcomes) {
        TextTable table = new TextTable(2);
        for (Threshold.Outcome outcome : outcomes) {
            table.row(outcome.kept() ? "kept" : "MISSED", outcome.threshold().text(),
                    Double.isNaN(outcome.value()) ? "nothing measured" : outcome.measured());
        }
        return table.lines();
    }
}
