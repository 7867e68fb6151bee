package dev.memfuse.metrics.alert;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;

/// The names that the metrics of alerts have in other tools: in `/metrics` of this program, and in the conventions of
/// OpenTelemetry and of Micrometer.
public final class MetricNames {
    private static final String DURATION = "memfuse_operation_duration_seconds";
    private static final String ERRORS = "memfuse_operation_errors_total";
    private static final Map<String, String> NAMES = names();

    private MetricNames() {}

    /// Returns the names of a metric, a sentence; empty when no other tool has it.
    public static String of(AlertMetric metric) {
        return NAMES.getOrDefault(metric.id(), "");
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        names.put("calls", metrics(DURATION + "_count"));
        names.put("errors", metrics(ERRORS));
        names.put("error_rate", metrics(ERRORS + " divided by " + DURATION + "_count"));
        for (Operation operation : Operation.values()) {
            String id = operation.name().toLowerCase(Locale.ROOT);
            String label = "{operation=\"" + operation.label() + "\"}";
            names.put(id + ".rate", metrics(DURATION + "_count" + label));
            names.put(id + ".errors", metrics(ERRORS + label));
            for (String statistic : new String[]{"p50", "p95", "p99", "max"}) {
                names.put(id + "." + statistic, metrics(DURATION + label));
            }
        }
        for (Stage stage : Stage.values()) {
            names.put("stage." + stage.name().toLowerCase(Locale.ROOT),
                    metrics("memfuse_stage_seconds_total{stage=\"" + stage.label() + "\"}"));
        }
        pool(names);
        queues(names);
        names.put("heap.used", "OpenTelemetry: jvm.memory.used / jvm.memory.limit; Micrometer: jvm.memory.used / "
                + "jvm.memory.max.");
        names.put("heap.size", "OpenTelemetry and Micrometer: jvm.memory.used.");
        names.put("cpu", "OpenTelemetry: jvm.cpu.recent_utilization; Micrometer: process.cpu.usage.");
        names.put("gc", "OpenTelemetry: jvm.gc.duration.");
        names.put("gc.pauses", "Micrometer: jvm.gc.pause.");
        return Map.copyOf(names);
    }

    private static void pool(Map<String, String> names) {
        names.put("pool.active", "OpenTelemetry: db.client.connection.count with the state used; Micrometer: "
                + "hikaricp.connections.active; HikariCP: ActiveConnections.");
        names.put("pool.idle", "OpenTelemetry: db.client.connection.count with the state idle; Micrometer: "
                + "hikaricp.connections.idle; HikariCP: IdleConnections.");
        names.put("pool.waiting", "OpenTelemetry: db.client.connection.pending_requests; Micrometer: "
                + "hikaricp.connections.pending; HikariCP: ThreadsAwaitingConnection.");
        names.put("pool.used", "OpenTelemetry: db.client.connection.count / db.client.connection.max; Micrometer: "
                + "hikaricp.connections.active / hikaricp.connections.max.");
        names.put("pool.wait.p99", "OpenTelemetry: db.client.connection.wait_time; Micrometer: "
                + "hikaricp.connections.acquire.");
        names.put("pool.hold.p99", "OpenTelemetry: db.client.connection.use_time; Micrometer: "
                + "hikaricp.connections.usage.");
        names.put("pool.timeouts", "OpenTelemetry: db.client.connection.timeouts; Micrometer: "
                + "hikaricp.connections.timeout.");
    }

    private static void queues(Map<String, String> names) {
        for (String buffer : new String[]{"round", "hybrid", "in_flight"}) {
            names.put("buffers." + buffer, metrics("memfuse_buffered_messages{buffer=\"" + buffer + "\"}"));
        }
        names.put("buffers.queued", metrics("memfuse_flush_queue"));
        names.put("extraction.pending", metrics("memfuse_extraction_queue"));
        names.put("vectors.pending", metrics("memfuse_messages_without_vector"));
        names.put("journal.rounds", metrics("memfuse_journal_rounds"));
        names.put("journal.size", metrics("memfuse_journal_bytes"));
        names.put("journal.oldest", metrics("memfuse_journal_oldest_seconds"));
        names.put("journal.force.p99", metrics("memfuse_journal_force_p99_seconds"));
        names.put("journal.dead_letters", metrics("memfuse_dead_letters"));
    }

    private static String metrics(String name) {
        return "In /metrics: " + name + ".";
    }
}
