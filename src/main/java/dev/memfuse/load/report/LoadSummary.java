package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadResult.PoolResult;
import dev.memfuse.metrics.stats.Percentiles;

/// Formats a result as lines for the terminal, in ASCII.
public final class LoadSummary {
    private static final double MIN_SHOWN_STAGE_MS = 0.0005;

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
            lines.add("Changes while measuring:");
            result.changes().forEach(change -> lines.add("  " + change.replace("→", "->")));
        }
        lines.add("");
        lines.add("Notes:");
        result.warnings().forEach(warning -> lines.add("  - " + warning));
        return lines;
    }

    /// Returns one line with model, target, users and duration.
    static String headline(LoadReport report) {
        ArrivalResult arrival = report.result().arrival();
        boolean open = arrival.model().equals("open");
        return String.format(Locale.ROOT, "%s, %s users, %s s measured after %s s of warm-up", open
                ? String.format(Locale.ROOT, "Open model, Poisson arrivals at %s/s", Numbers.value(arrival.target()))
                : String.format(Locale.ROOT, "Closed model, concurrency %s",
                        Numbers.count(Math.round(arrival.target()))),
                Numbers.count(report.workload().users()), Numbers.value(report.result().seconds()),
                Numbers.value(report.workload().warmup().toMillis() / 1000.0));
    }

    private static List<String> operations(LoadResult result) {
        TextTable table = new TextTable(1).row("latency in ms", "count", "errors", "ops/s", "mean", "p50", "p90", "p95",
                "p99", "p99.9", "max");
        for (Map.Entry<String, OperationResult> entry : result.operations().entrySet()) {
            OperationResult operation = entry.getValue();
            table.row(row(entry.getKey(), operation, operation.latencyMs()));
            if (result.arrival().model().equals("open")) {
                Percentiles service = operation.serviceMs();
                table.row("  service", "", "", "", Numbers.value(service.mean()),
                        percentile(operation.count(), 50, service.p50()),
                        percentile(operation.count(), 90, service.p90()),
                        percentile(operation.count(), 95, service.p95()),
                        percentile(operation.count(), 99, service.p99()),
                        percentile(operation.count(), 99.9, service.p999()), Numbers.value(service.max()));
            }
        }
        return table.lines();
    }

    private static String[] row(String name, OperationResult operation, Percentiles latency) {
        long count = operation.count();
        return new String[]{name, Numbers.count(count), Numbers.count(operation.errors()),
                Numbers.value(operation.throughputPerS()), Numbers.value(latency.mean()),
                percentile(count, 50, latency.p50()), percentile(count, 90, latency.p90()),
                percentile(count, 95, latency.p95()), percentile(count, 99, latency.p99()),
                percentile(count, 99.9, latency.p999()), Numbers.value(latency.max())};
    }

    /// Returns a percentile, prefixed with `~` when it is not reliable.
    private static String percentile(long count, double percentile, double ms) {
        return (Percentiles.reliable(count, percentile) ? "" : "~") + Numbers.value(ms);
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
        PoolResult pool = result.pool();
        lines.add(String.format(Locale.ROOT,
                "Pool: %s of %s connections at most, %s on average, %s waiting at most, %s timeouts",
                Numbers.count(pool.activeMax()), Numbers.count(pool.limit()), Numbers.value(pool.activeMean()),
                Numbers.count(pool.waitingMax()), Numbers.count(pool.timeouts())));
        lines.add(String.format(Locale.ROOT, "Wait for a connection, ms: p50 %s, p99 %s, max %s",
                Numbers.value(pool.acquireMs().p50()),
                Numbers.value(pool.acquireMs().p99()), Numbers.value(pool.acquireMs().max())));
        ArrivalResult arrival = result.arrival();
        lines.add(String.format(Locale.ROOT,
                "Arrivals: %s due, %s started, %s dropped; started late by p99 %s ms, max %s ms",
                Numbers.count(arrival.scheduled()), Numbers.count(arrival.started()), Numbers.count(arrival.dropped()),
                Numbers.value(arrival.lagMs().p99()), Numbers.value(arrival.lagMs().max())));
        return lines;
    }

    /// Returns one aligned line for each threshold, with the measured value.
    public static List<String> thresholds(List<Threshold.Outcome> outcomes) {
        TextTable table = new TextTable(2);
        for (Threshold.Outcome outcome : outcomes) {
            table.row(outcome.kept() ? "kept" : "MISSED", outcome.threshold().text(),
                    Double.isNaN(outcome.value()) ? "nothing measured" : Numbers.value(outcome.value()));
        }
        return table.lines();
    }
}
