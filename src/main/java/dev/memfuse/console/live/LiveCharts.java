package dev.memfuse.console.live;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.memfuse.console.chart.ChartSpec;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.pool.WaitKind;
import dev.memfuse.metrics.stats.Percentiles;

/// Specifications of the charts of the Live page.
final class LiveCharts {
    /// The calls with a line each; all others share one.
    static final List<Operation> CALLS = List.of(Operation.ADD, Operation.QUERY, Operation.LIST);
    private static final String OTHER_CALLS = "others";
    /// The stages in the order of an operation. The wait before the start exists in load runs only; the Load page
    /// shows it.
    static final List<Stage> STAGES = Arrays.stream(Stage.values()).filter(stage -> stage != Stage.SCHEDULE).toList();

    static final ChartSpec THROUGHPUT = new ChartSpec("throughput", "Throughput", "ops/s",
            ChartSpec.Type.LINES, labels(OTHER_CALLS, Operation.FLUSH.label()));
    /// The percentiles of the latency chart.
    static final List<Double> PERCENTILES = List.of(50.0, 95.0, 99.0);
    /// The last series is the latency from the scheduled start, while an open load runs: what its users wait.
    static final ChartSpec LATENCY = new ChartSpec("latency", "Latency", "ms", ChartSpec.Type.LINES, Stream
            .concat(PERCENTILES.stream().map(Percentiles::name), Stream.of("p99 from schedule")).toList());
    static final ChartSpec HEAT = new ChartSpec("heat", "Latency heat map", "ms", ChartSpec.Type.LINES,
            List.of("calls"));
    static final ChartSpec POOL = new ChartSpec("pool", "Connection pool", "connections", ChartSpec.Type.LINES,
            List.of("active", "idle", "waiting", "limit"), Set.of("limit"));
    static final ChartSpec STAGE_TIMES = new ChartSpec("stages", "Time per operation by stage", "ms",
            ChartSpec.Type.STACK,
            STAGES.stream().map(Stage::label).toList());
    /// What calls of the database do or wait for, sampled while it is shown.
    static final ChartSpec WAITS = new ChartSpec("waits-over-time", "Who waits for what", "connections and threads",
            ChartSpec.Type.STACK, Arrays.stream(WaitKind.values()).map(WaitKind::label).toList());
    static final ChartSpec BUFFERS = new ChartSpec("buffers", "Pending storage or extraction", "entries",
            ChartSpec.Type.LINES,
            List.of("round", "hybrid", "in flight", "flushes", "extraction", "journal"));
    static final ChartSpec ERRORS = new ChartSpec("errors", "Errors per second", "errors/s", ChartSpec.Type.LINES,
            labels(OTHER_CALLS, "background", "no connection"));
    /// What stops the whole program, or each acknowledgement; shown in the place of the errors.
    static final ChartSpec PAUSES = new ChartSpec("pauses", "Pauses and journal force", "ms", ChartSpec.Type.LINES,
            List.of("collector per second", "longest hiccup", "p99 of force"));

    static final ChartSpec PROGRAM = new ChartSpec("program", "Processors and heap", "%", ChartSpec.Type.LINES,
            List.of("processors", "heap after collection"));

    /// Names of the places of the page in their usual order; some show one chart of several.
    static final List<String> CELLS = Stream.of(THROUGHPUT, LATENCY, POOL, STAGE_TIMES, BUFFERS, ERRORS)
            .map(ChartSpec::id).toList();

    /// Parts of the CSV export only; the page shows them as figures, because they share no axis with other charts.
    static final ChartSpec JOURNAL_SIZE = new ChartSpec("journal-size", "Journal", "bytes", ChartSpec.Type.LINES,
            List.of("backlog"));
    static final ChartSpec JOURNAL_TIMES = new ChartSpec("journal-times", "Journal", "s", ChartSpec.Type.LINES,
            List.of("age of the oldest", "expected time to drain"));
    private LiveCharts() {}

    private static List<String> labels(String... others) {
        return Stream.concat(CALLS.stream().map(Operation::label), Stream.of(others)).toList();
    }
}
