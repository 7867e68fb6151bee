package dev.memfuse.console.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Workload;
import dev.memfuse.load.report.Acknowledgements;
import dev.memfuse.load.report.ConfigRows;
import dev.memfuse.load.report.OfferedLoad;
import dev.memfuse.load.report.VerdictText;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// Result of a load as text for the cells of the page.
///
/// @param outcome outcome of the verdict
/// @param verdict outcome in one word
/// @param reasons why the run is not good, one sentence each
/// @param rows one per operation, busiest first
/// @param stages mean time per operation by stage, longest first, without stages of negligible time
/// @param details further figures
/// @param changes changes of settings and load during the run
/// @param settings settings in force at the end
record ResultTable(Verdict.Outcome outcome, String verdict, List<String> reasons, List<Row> rows,
        List<StageTime> stages, List<NameValue> details, List<String> warnings, List<String> changes,
        List<NameValue> settings) {
    private static final double NEGLIGIBLE_MILLIS = 0.0005;

    /// One operation; times in milliseconds, rough ones with a tilde.
    record Row(String operation, String count, String errors, String throughput, String p50, String p90, String p99,
            String p999, String max) {}

    /// One stage.
    ///
    /// @param millis mean per operation
    /// @param share of the whole, 0..1
    record StageTime(String name, String millis, double share) {}

    /// A figure with its name.
    record NameValue(String name, String value) {}

    static ResultTable of(Workload workload, LoadResult result) {
        List<Row> rows = result.operations().entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, OperationResult> entry) -> -entry.getValue()
                        .count()))
                .map(entry -> row(entry.getKey(), entry.getValue())).toList();
        Verdict verdict = result.verdict();
        return new ResultTable(verdict.outcome(), VerdictText.word(verdict), VerdictText.reasons(verdict), rows,
                stages(result.stagesMs()), details(workload, result), List.copyOf(result.warnings()),
                List.copyOf(result.changes()), ConfigRows.of(result).entrySet().stream()
                        .map(entry -> new NameValue(entry.getKey(), entry.getValue())).toList());
    }

    private static Row row(String name, OperationResult operation) {
        Percentiles latency = operation.latencyMs();
        return new Row(name, Formats.count(operation.count()), Formats.count(operation.errors()),
                Formats.rate(operation.throughputPerS()), percentile(operation, 50), percentile(operation, 90),
                percentile(operation, 99), percentile(operation, 99.9),
                bound(operation, latency.max()) + Formats.millis(latency.max()));
    }

    private static String percentile(OperationResult operation, double percentile) {
        double ms = operation.latencyMs().at(percentile);
        return operation.samples() == 0
                ? Formats.NONE
                : bound(operation, ms) + Numbers.percentile(operation.samples(), percentile, ms);
    }

    private static String bound(OperationResult operation, double ms) {
        return operation.lowerBound(ms) ? "≥" : "";
    }

    private static List<StageTime> stages(Map<String, Double> stages) {
        double total = stages.values().stream().mapToDouble(Double::doubleValue).sum();
        return stages.entrySet().stream().filter(entry -> entry.getValue() >= NEGLIGIBLE_MILLIS)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(entry -> new StageTime(entry.getKey(), Formats.millis(entry.getValue()), entry.getValue() / total))
                .toList();
    }

    private static List<NameValue> details(Workload workload, LoadResult result) {
        LoadResult.PoolResult pool = result.pool();
        LoadResult.ArrivalResult arrival = result.arrival();
        List<NameValue> details = new ArrayList<>();
        details.add(new NameValue("Acknowledged", Acknowledgements.of(result)));
        details.add(new NameValue("Measured", Formats.rate(result.seconds()) + " s"));
        details.add(new NameValue("Arrival", OfferedLoad.of(workload, arrival.target())));
        if (arrival.open()) {
            details.add(new NameValue("Started of scheduled",
                    Formats.count(arrival.started()) + " of " + Formats.count(arrival.scheduled())));
            details.add(new NameValue("Dropped", Formats.count(arrival.dropped())));
            details.add(new NameValue("Achieved in time", Formats.percent(arrival.achieved())));
            details.add(new NameValue("Start lag p99",
                    Numbers.percentile(arrival.started(), 99, arrival.lagMs().p99()) + " ms"));
        } else {
            details.add(new NameValue("Started", Formats.count(arrival.started())));
        }
        if (result.unfinished() > 0) {
            details.add(new NameValue("Did not end", Formats.count(result.unfinished())));
        }
        if (result.late() > 0) {
            details.add(new NameValue("Drain", Numbers.count(result.late(), "call") + " ended later, at most "
                    + Numbers.seconds(result.drainSeconds())));
        }
        details.add(new NameValue("Connections in use",
                Formats.rate(pool.activeMean()) + " mean, " + pool.activeMax() + " max, limit " + pool.limit()));
        details.add(new NameValue("Wait for a connection",
                Numbers.percentile(pool.waits(), 50, pool.acquireMs().p50()) + " ms p50, "
                        + Numbers.percentile(pool.waits(), 99, pool.acquireMs().p99()) + " ms p99"));
        details.add(new NameValue("Waiting calls",
                pool.waitingMax() + " max, " + Formats.count(pool.timeouts()) + " timed out"));
        if (result.start().users() >= 0) {
            details.add(new NameValue("Database at the start", Numbers.count(result.start().users(), "user") + ", "
                    + Numbers.count(result.start().messages(), "message") + ", "
                    + Formats.size(result.start().bytes())));
        }
        return List.copyOf(details);
    }
}
