package dev.memfuse.console.load;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.report.Acknowledgements;
import dev.memfuse.metrics.stats.Percentiles;

/// Result of a load as text for the cells of the page.
///
/// @param rows one per operation, busiest first
/// @param stages mean time per operation by stage, longest first, without stages of negligible time
/// @param details further figures
record ResultTable(List<Row> rows, List<StageTime> stages, List<NameValue> details, List<String> warnings) {
    private static final double NEGLIGIBLE_MILLIS = 0.0005;

    /// One operation; times in milliseconds.
    record Row(String operation, String count, String errors, String throughput, String p50, String p90, String p99,
            String p999, String max) {}

    /// One stage.
    ///
    /// @param millis mean per operation
    /// @param share of the whole, 0..1
    record StageTime(String name, String millis, double share) {}

    /// A figure with its name.
    record NameValue(String name, String value) {}

    static ResultTable of(LoadResult result) {
        List<Row> rows = result.operations().entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, LoadResult.OperationResult> entry) -> -entry
                        .getValue().count()))
                .map(entry -> row(entry.getKey(), entry.getValue())).toList();
        return new ResultTable(rows, stages(result.stagesMs()), details(result), List.copyOf(result.warnings()));
    }

    private static Row row(String name, LoadResult.OperationResult operation) {
        Percentiles latency = operation.latencyMs();
        return new Row(name, Formats.count(operation.count()), Formats.count(operation.errors()),
                Formats.rate(operation.throughputPerS()), Formats.millis(latency.p50()), Formats.millis(latency.p90()),
                Formats.millis(latency.p99()), Formats.millis(latency.p999()), Formats.millis(latency.max()));
    }

    private static List<StageTime> stages(Map<String, Double> stages) {
        double total = stages.values().stream().mapToDouble(Double::doubleValue).sum();
        return stages.entrySet().stream().filter(entry -> entry.getValue() >= NEGLIGIBLE_MILLIS)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(entry -> new StageTime(entry.getKey(), Formats.millis(entry.getValue()), entry.getValue() / total))
                .toList();
    }

    private static String target(LoadResult.ArrivalResult arrival) {
        return arrival.model().equals("open")
                ? "open, " + Formats.perSecond(arrival.target())
                : "closed, " + Formats.count(Math.round(arrival.target())) + " calls";
    }

    private static List<NameValue> details(LoadResult result) {
        LoadResult.PoolResult pool = result.pool();
        LoadResult.ArrivalResult arrival = result.arrival();
        return List.of(new NameValue("Acknowledged", Acknowledgements.of(result)),
                new NameValue("Measured", Formats.rate(result.seconds()) + " s"),
                new NameValue("Arrival", target(arrival)),
                new NameValue("Started of scheduled",
                        Formats.count(arrival.started()) + " of " + Formats.count(arrival.scheduled())),
                new NameValue("Dropped", Formats.count(arrival.dropped())),
                new NameValue("Start lag p99", Formats.millis(arrival.lagMs().p99()) + " ms"),
                new NameValue("Connections in use",
                        Formats.rate(pool.activeMean()) + " mean, " + pool.activeMax() + " max, limit "
                                + pool.limit()),
                new NameValue("Wait for a connection",
                        Formats.millis(pool.acquireMs().p50()) + " ms p50, " + Formats.millis(pool.acquireMs().p99())
                                + " ms p99"),
                new NameValue("Waiting calls",
                        pool.waitingMax() + " max, " + Formats.count(pool.timeouts()) + " timed out"));
    }
}
