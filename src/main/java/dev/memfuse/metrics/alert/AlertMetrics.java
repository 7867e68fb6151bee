package dev.memfuse.metrics.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;

/// Every figure of a snapshot by its id.
public final class AlertMetrics {
    private static final double NANOS_PER_MS = 1e6;
    private static final double MIB = 1L << 20;
    private static final double PERCENT = 100;
    private static final Map<String, AlertMetric> BY_ID = new LinkedHashMap<>();

    static {
        all().forEach(metric -> BY_ID.put(metric.id(), metric));
    }

    private AlertMetrics() {}

    /// Returns all metrics, in the order of a list for the user.
    public static List<AlertMetric> list() {
        return List.copyOf(BY_ID.values());
    }

    /// Returns the metric with an id.
    public static Optional<AlertMetric> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    private static List<AlertMetric> all() {
        List<AlertMetric> metrics = new ArrayList<>();
        metrics.add(gauge("calls", "calls of all kinds", AlertUnit.PER_SECOND, MetricsSnapshot::callsPerSecond));
        metrics.add(gauge("errors", "errors of all kinds", AlertUnit.PER_SECOND, MetricsSnapshot::errorsPerSecond));
        metrics.add(new AlertMetric("error_rate", "error rate", AlertUnit.PERCENT,
                snapshot -> PERCENT * errorRate(snapshot), AlertMetrics::operations));
        for (Operation operation : Operation.values()) {
            metrics.addAll(of(operation));
        }
        metrics.addAll(pool());
        metrics.addAll(buffers());
        metrics.addAll(journal());
        metrics.addAll(resources());
        for (Stage stage : Stage.values()) {
            metrics.add(gauge("stage." + id(stage), "mean time in stage " + words(stage), AlertUnit.MILLISECONDS,
                    snapshot -> snapshot.stages().getOrDefault(stage, 0.0) / NANOS_PER_MS));
        }
        return metrics;
    }

    private static List<AlertMetric> of(Operation operation) {
        ToLongFunction<MetricsSnapshot> count = snapshot -> snapshot.operation(operation).count();
        return List.of(
                gauge(id(operation) + ".rate", "throughput of " + words(operation), AlertUnit.PER_SECOND,
                        snapshot -> snapshot.operation(operation).throughput()),
                gauge(id(operation) + ".errors", "errors of " + words(operation), AlertUnit.PER_SECOND,
                        snapshot -> snapshot.operation(operation).errors()),
                latency(operation, "p50", OperationSample::p50, count),
                latency(operation, "p95", OperationSample::p95, count),
                latency(operation, "p99", OperationSample::p99, count),
                latency(operation, "max", OperationSample::max, count));
    }

    private static AlertMetric latency(Operation operation, String statistic, ToLongFunction<OperationSample> nanos,
            ToLongFunction<MetricsSnapshot> count) {
        return new AlertMetric(id(operation) + "." + statistic, statistic + " of " + words(operation),
                AlertUnit.MILLISECONDS,
                snapshot -> nanos.applyAsLong(snapshot.operation(operation)) / NANOS_PER_MS, count);
    }

    private static List<AlertMetric> pool() {
        return List.of(gauge("pool.active", "connections in use", AlertUnit.COUNT, now -> now.pool().active()),
                gauge("pool.idle", "idle connections", AlertUnit.COUNT, now -> now.pool().idle()),
                gauge("pool.waiting", "callers that wait for a connection", AlertUnit.COUNT,
                        now -> now.pool().waiting()),
                gauge("pool.used", "share of the pool in use", AlertUnit.PERCENT,
                        now -> now.pool().limit() == 0 ? 0 : PERCENT * now.pool().active() / now.pool().limit()),
                new AlertMetric("pool.wait.p99", "p99 wait for a connection", AlertUnit.MILLISECONDS,
                        now -> now.pool().waitP99() / NANOS_PER_MS, now -> now.pool().waits()),
                new AlertMetric("pool.hold.p99", "p99 hold of a connection", AlertUnit.MILLISECONDS,
                        now -> now.pool().holdP99() / NANOS_PER_MS, now -> now.pool().waits()),
                gauge("pool.timeouts", "timeouts of the pool", AlertUnit.PER_SECOND, now -> now.pool().timeouts()));
    }

    private static List<AlertMetric> buffers() {
        return List.of(
                gauge("buffers.round", "messages in RoundBuffers", AlertUnit.COUNT, now -> now.buffers().round()),
                gauge("buffers.hybrid", "messages in HybridBuffers", AlertUnit.COUNT, now -> now.buffers().hybrid()),
                gauge("buffers.in_flight", "messages that a flush stores", AlertUnit.COUNT,
                        now -> now.buffers().inFlight()),
                gauge("buffers.queued", "flushes that wait", AlertUnit.COUNT, now -> now.buffers().queued()),
                gauge("extraction.pending", "pending layers of rounds", AlertUnit.COUNT,
                        now -> now.buffers().extraction()),
                gauge("vectors.pending", "messages without a vector", AlertUnit.COUNT, now -> now.buffers().vectors()),
                gauge("vectors.rate", "messages that receive a vector", AlertUnit.PER_SECOND,
                        now -> now.buffers().vectorsPerSecond()));
    }

    private static List<AlertMetric> journal() {
        return List.of(gauge("journal.rounds", "rounds in the journal", AlertUnit.COUNT, now -> now.journal().rounds()),
                gauge("journal.size", "size of the journal", AlertUnit.MEBIBYTES, now -> now.journal().bytes() / MIB),
                gauge("journal.oldest", "age of the oldest round in the journal", AlertUnit.SECONDS,
                        now -> now.journal().oldestSeconds()),
                gauge("journal.drain", "time to drain the journal", AlertUnit.SECONDS,
                        now -> now.journal().drainSeconds()),
                new AlertMetric("journal.force.p99", "p99 force of the journal", AlertUnit.MILLISECONDS,
                        now -> now.journal().forceP99() / NANOS_PER_MS, now -> now.journal().forces()),
                gauge("journal.dead_letters", "dead letters", AlertUnit.COUNT, now -> now.journal().deadLetters()));
    }

    private static List<AlertMetric> resources() {
        return List.of(gauge("heap.used", "heap used", AlertUnit.PERCENT, now -> PERCENT * now.resources().heapShare()),
                gauge("heap.size", "size of the used heap", AlertUnit.MEBIBYTES,
                        now -> now.resources().heapUsed() / MIB),
                gauge("cpu", "processors used by the program", AlertUnit.PERCENT,
                        now -> PERCENT * now.resources().cpu()),
                gauge("gc", "garbage collection per second", AlertUnit.MILLISECONDS,
                        now -> now.resources().gcMillis()),
                gauge("gc.pauses", "pauses of the collector per second", AlertUnit.MILLISECONDS,
                        now -> now.resources().pauseMillis()),
                gauge("hiccup.max", "longest hiccup of the program", AlertUnit.MILLISECONDS,
                        now -> now.resources().hiccup() / NANOS_PER_MS));
    }

    private static AlertMetric gauge(String id, String title, AlertUnit unit, ToDoubleFunction<MetricsSnapshot> value) {
        return new AlertMetric(id, title, unit, value, _ -> Long.MAX_VALUE);
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String words(Enum<?> constant) {
        return id(constant).replace('_', ' ');
    }

    static double errorRate(MetricsSnapshot snapshot) {
        double total = 0;
        double failed = 0;
        for (OperationSample sample : snapshot.operations().values()) {
            total += sample.throughput();
            failed += sample.errors();
        }
        return total == 0 ? 0 : failed / total;
    }

    static long operations(MetricsSnapshot snapshot) {
        return snapshot.operations().values().stream().mapToLong(OperationSample::count).sum();
    }
}
