package dev.memfuse.monitoring;

import java.util.Locale;
import java.util.Map;

import dev.memfuse.metrics.HttpRequests;
import dev.memfuse.metrics.LatencyBuckets;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.PoolGauges;
import dev.memfuse.metrics.PoolMeter;
import dev.memfuse.metrics.RetrievalQuality;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.WorkCounts;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/// Families of the engine, of its pool, and of requests over HTTP. The pool has the names of HikariCP, of Micrometer
/// and of OpenTelemetry, so that dashboards for them work. Durations are in seconds.
///
/// @param version version of the program
record HubFamilies(MetricsHub hub, String version) {
    private static final String POOL = "memfuse";
    private static final String REPLICA_POOL = "memfuse-replica";
    private static final double NANOS = 1e9;
    private static final int ERROR = 500;
    private static final int CLIENT_ERROR = 400;
    private static final Map<Work, String> WORK = Map.of(Work.STATEMENTS, "Statements that were executed.", Work.ROWS,
            "Rows that were read or changed.", Work.ROUND_TRIPS, "Round trips to the database.", Work.DATABASE_BYTES,
            "Bytes that were exchanged with the database.", Work.EMBEDDING_CALLS, "Calls of the embedding model.",
            Work.EMBEDDED_TEXTS, "Texts that were embedded.", Work.LANGUAGE_MODEL_CALLS, "Calls of the language model.",
            Work.MODEL_LEASES, "Leases of a model.", Work.REPLICA_READS, "Reads that a replica answered.",
            Work.REPLICA_FALLBACKS, "Reads for a replica that the primary server answered.");

    MetricSnapshots collect() {
        Families families = new Families();
        families.gauge("memfuse_build_info", "Version of the program.", 1, "version", version);
        operations(families);
        pools(families);
        requests(families);
        WorkCounts work = hub.work().counts();
        WORK.forEach((kind, help) -> families.counter("memfuse_" + kind.name().toLowerCase(Locale.ROOT), help,
                work.of(kind)));
        hub.retrieval().ifPresent(quality -> retrieval(families, quality));
        MetricsSnapshot latest = hub.latest().orElse(null);
        if (latest != null) {
            queues(families, latest.buffers());
            journal(families, latest.journal());
        }
        return families.build();
    }

    private static void retrieval(Families families, RetrievalQuality quality) {
        quality.recall().forEach((length, recall) -> families.gauge("memfuse_retrieval_recall",
                "Share of the evidence among the first results, in the last measurement.", recall, "k",
                Integer.toString(length)));
        families.gauge("memfuse_retrieval_mrr", "Mean reciprocal rank of the first evidence, in the last measurement.",
                quality.meanReciprocalRank());
        families.gauge("memfuse_retrieval_questions", "Questions of the last measurement.", quality.questions());
    }

    private void operations(Families families) {
        for (Operation operation : Operation.values()) {
            families.histogram("memfuse_operation_duration_seconds", "Duration of operations of the engine.",
                    hub.latencies(operation), "operation", operation.label());
            families.counter("memfuse_operation_errors", "Failed operations of the engine.", hub.errors(operation),
                    "operation", operation.label());
        }
        for (Stage stage : Stage.values()) {
            families.counter("memfuse_stage_seconds", "Time that operations of callers spent in each stage.",
                    hub.stageNanos(stage) / NANOS, "stage", stage.label());
        }
    }

    /// Figures of one pool.
    private record PoolFigures(String name, PoolGauges gauges, LatencyBuckets waits, LatencyBuckets holds,
            LatencyBuckets created, long timeouts) {}

    private void pools(Families families) {
        pool(families, new PoolFigures(POOL, hub.pool(), hub.leaseWaits(), hub.leaseHolds(), hub.connectionsCreated(),
                hub.leaseTimeouts()));
        PoolMeter replica = hub.replicaPool();
        if (replica.isUsed()) {
            pool(families, new PoolFigures(REPLICA_POOL, replica.gauges(), replica.waits(), replica.holds(),
                    replica.creations(), replica.timeouts()));
        }
        families.histogram("db_client_operation_duration_seconds", "Durations of the calls of the database: one or "
                + "several statements on one connection.", hub.leaseHolds(), "db_system_name", "postgresql");
    }

    private static void pool(Families families, PoolFigures figures) {
        PoolGauges pool = figures.gauges();
        String name = figures.name();
        int open = pool.active() + pool.idle();
        gauge(families, name, "Connections in use.", pool.active(), "hikaricp_active_connections",
                "hikaricp_connections_active");
        gauge(families, name, "Open connections that are not in use.", pool.idle(), "hikaricp_idle_connections",
                "hikaricp_connections_idle");
        gauge(families, name, "Threads that wait for a connection.", pool.waiting(), "hikaricp_pending_threads",
                "hikaricp_connections_pending");
        gauge(families, name, "Open connections.", open, "hikaricp_connections");
        gauge(families, name, "Maximum number of connections.", pool.limit(), "hikaricp_max_connections",
                "hikaricp_connections_max");
        gauge(families, name, "Minimum number of connections.", pool.minimum(), "hikaricp_min_connections",
                "hikaricp_connections_min");
        String pooled = "db_client_connection_pool_name";
        families.gauge("db_client_connection_count", "Open connections by state.", pool.active(), pooled, name,
                "db_client_connection_state", "used");
        families.gauge("db_client_connection_count", "Open connections by state.", pool.idle(), pooled, name,
                "db_client_connection_state", "idle");
        families.gauge("db_client_connection_max", "Maximum number of connections.", pool.limit(), pooled, name);
        families.gauge("db_client_connection_idle_min", "Minimum number of connections.", pool.minimum(), pooled,
                name);
        families.gauge("db_client_connection_pending_requests", "Threads that wait for a connection.",
                pool.waiting(), pooled, name);
        families.histogram("hikaricp_connections_acquire_seconds", "Waits for a connection.", figures.waits(), "pool",
                name);
        families.histogram("db_client_connection_wait_time_seconds", "Waits for a connection.", figures.waits(),
                pooled, name);
        families.histogram("hikaricp_connections_usage_seconds", "Times for which connections were held.",
                figures.holds(), "pool", name);
        families.histogram("db_client_connection_use_time_seconds", "Times for which connections were held.",
                figures.holds(), pooled, name);
        families.histogram("hikaricp_connections_creation_seconds", "Durations of the openings of connections.",
                figures.created(), "pool", name);
        families.histogram("db_client_connection_create_time_seconds", "Durations of the openings of connections.",
                figures.created(), pooled, name);
        String timeouts = "Waits for a connection that timed out.";
        families.counter("hikaricp_connections_timeout", timeouts, figures.timeouts(), "pool", name);
        families.counter("hikaricp_connection_timeout", timeouts, figures.timeouts(), "pool", name);
        families.counter("db_client_connection_timeouts", timeouts, figures.timeouts(), pooled, name);
    }

    private static void gauge(Families families, String pool, String help, int value, String... names) {
        for (String name : names) {
            families.gauge(name, help, value, "pool", pool);
        }
    }

    private void requests(Families families) {
        families.gauge("http_server_active_requests", "Requests that run.", hub.requests().active());
        for (HttpRequests.Route route : hub.requests().routes()) {
            for (HttpRequests.Answers answers : route.answers()) {
                String status = Integer.toString(answers.status());
                families.histogram("http_server_requests_seconds", "Requests by route and status.",
                        answers.latencies(), "method", route.method(), "uri", route.path(), "status", status,
                        "outcome", outcome(answers.status()));
                families.histogram("http_server_request_duration_seconds", "Requests by route and status.",
                        answers.latencies(), "http_request_method", route.method(), "http_route", route.path(),
                        "http_response_status_code", status);
            }
        }
    }

    private static String outcome(int status) {
        return status >= ERROR ? "SERVER_ERROR" : status >= CLIENT_ERROR ? "CLIENT_ERROR" : "SUCCESS";
    }

    private static void queues(Families families, MetricsSnapshot.BufferSample buffers) {
        String help = "Acknowledged messages that are not in the database yet.";
        families.gauge("memfuse_buffered_messages", help, buffers.round(), "buffer", "round");
        families.gauge("memfuse_buffered_messages", help, buffers.hybrid(), "buffer", "hybrid");
        families.gauge("memfuse_buffered_messages", help, buffers.inFlight(), "buffer", "in_flight");
        families.gauge("memfuse_flush_queue", "Flushes that wait for a worker.", buffers.queued());
        families.gauge("memfuse_extraction_queue", "Layers of rounds that are not built yet.", buffers.extraction());
        families.gauge("memfuse_messages_without_vector", "Stored messages without a vector.", buffers.vectors());
    }

    private static void journal(Families families, MetricsSnapshot.JournalSample journal) {
        families.gauge("memfuse_journal_rounds", "Rounds in the journal that are not in the database yet.",
                journal.rounds());
        families.gauge("memfuse_journal_bytes", "Size of these rounds.", journal.bytes());
        families.gauge("memfuse_journal_oldest_seconds", "Age of the oldest of these rounds.",
                journal.oldestSeconds());
        families.gauge("memfuse_journal_force_p99_seconds", "99th percentile of a force to disk in about a second.",
                journal.forceP99() / NANOS);
        families.gauge("memfuse_journal_failed", "1 when the journal failed and acknowledges nothing.",
                flag(journal.poisoned()));
        families.gauge("memfuse_dead_letters", "Rounds that the database refused.", journal.deadLetters());
        families.gauge("memfuse_database_up", "0 while the database cannot be reached.", flag(!journal.degraded()));
        families.gauge("memfuse_database_refuses_writes", "1 while the database answers and refuses all writes.",
                flag(journal.writesRefused()));
    }

    private static int flag(boolean set) {
        return set ? 1 : 0;
    }
}
