package dev.memfuse.console.live;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.chart.Threshold;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.alert.MetricLimit;

/// Draws the limits of the alert rules and objectives into the charts that show what is limited. FX thread only.
final class LimitLines {
    private static final Set<String> POOL = Set.of("pool.active", "pool.idle", "pool.waiting");
    private static final Set<String> BUFFERS = Set.of("buffers.round", "buffers.hybrid", "buffers.in_flight",
            "buffers.queued", "extraction.pending", "journal.rounds");
    private static final Set<String> PAUSES = Set.of("gc.pauses", "hiccup.max", "journal.force.p99");
    private static final Set<String> PROGRAM = Set.of("cpu", "heap.used");
    private static final List<String> PERCENTILES = List.of("p50", "p95", "p99");

    private final Supplier<List<MetricLimit>> limits;
    private final Supplier<Operation> operation;
    private final LiveChart latency;
    private final Map<LiveChart, Set<String>> others;

    /// Charts that show limited metrics.
    record Charts(LiveChart throughput, LiveChart latency, LiveChart pool, LiveChart buffers, LiveChart errors,
            LiveChart pauses, LiveChart program) {}

    /// @param limits returns the limits in force
    /// @param operation returns the operation of the latency chart
    LimitLines(Supplier<List<MetricLimit>> limits, Supplier<Operation> operation, Charts charts) {
        this.limits = limits;
        this.operation = operation;
        latency = charts.latency();
        others = Map.of(charts.throughput(), ofCalls("rate"), charts.errors(), ofCalls("errors"), charts.pool(), POOL,
                charts.buffers(), BUFFERS, charts.pauses(), PAUSES, charts.program(), PROGRAM);
    }

    private static Set<String> ofCalls(String statistic) {
        return Set.copyOf(Stream.concat(LiveCharts.CALLS.stream(), Stream.of(Operation.FLUSH))
                .map(call -> id(call, statistic)).toList());
    }

    private static String id(Operation operation, String statistic) {
        return operation.name().toLowerCase(Locale.ROOT) + "." + statistic;
    }

    /// Shows the limits in force with the next drawing.
    void update() {
        List<MetricLimit> now = limits.get();
        Operation shown = operation.get();
        latency.thresholds(of(now, PERCENTILES.stream().map(statistic -> id(shown, statistic)).toList()));
        others.forEach((chart, metrics) -> chart.thresholds(of(now, metrics)));
    }

    private static List<Threshold> of(List<MetricLimit> limits, Collection<String> metrics) {
        return limits.stream().filter(limit -> metrics.contains(limit.metric().id()))
                .map(limit -> new Threshold(limit.limit(), limit.text())).toList();
    }
}
