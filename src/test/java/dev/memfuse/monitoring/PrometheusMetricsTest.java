package dev.memfuse.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.RetrievalQuality;
import dev.memfuse.metrics.Sampler;
import dev.memfuse.metrics.Trace;
import dev.memfuse.metrics.alert.AlertMetric;
import dev.memfuse.metrics.alert.AlertMetrics;
import dev.memfuse.metrics.alert.MetricNames;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both formats can be parsed, count what happened, and have every name that the samples of dashboards and alerts use.
class PrometheusMetricsTest {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private final PrometheusMetrics metrics = new PrometheusMetrics(hub, "1.2.3");

    private String text(String accept) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            metrics.write(out, accept);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private MetricsText scrape() {
        return MetricsText.parse(text(""));
    }

    private void add(boolean failed) {
        Trace trace = hub.begin(Operation.ADD);
        hub.end(trace, failed);
    }

    private static double count(MetricsText text, String family, String labels) {
        return text.value(family + "_count{" + labels + "}");
    }

    @Test
    void countsOperationsLeasesAndRequestsWithoutASampler() {
        add(false);
        add(true);
        hub.leased(3_000_000, 40_000_000);
        hub.leaseTimedOut(1_000_000_000);
        hub.connectionCreated(7_000_000);
        hub.requests().route("POST /api/v1/users").record(201, 2_000_000);
        hub.requests().route("POST /api/v1/users").record(422, 1_000_000);

        MetricsText text = scrape();

        assertEquals(2, count(text, "memfuse_operation_duration_seconds", "operation=\"add\""));
        assertEquals(1, text.value("memfuse_operation_errors_total{operation=\"add\"}"));
        assertEquals(2, count(text, "hikaricp_connections_acquire_seconds", "pool=\"memfuse\""));
        assertEquals(1, text.value("hikaricp_connections_acquire_seconds_bucket{le=\"0.005\",pool=\"memfuse\"}"));
        assertEquals(1.003, text.value("hikaricp_connections_acquire_seconds_sum{pool=\"memfuse\"}"), 1e-9);
        assertEquals(1, count(text, "db_client_operation_duration_seconds", "db_system_name=\"postgresql\""));
        assertEquals(1, text.value("db_client_connection_timeouts_total{db_client_connection_pool_name=\"memfuse\"}"));
        assertEquals(1, count(text, "hikaricp_connections_creation_seconds", "pool=\"memfuse\""));
        assertEquals(1, count(text, "http_server_requests_seconds",
                "method=\"POST\",outcome=\"SUCCESS\",status=\"201\",uri=\"/api/v1/users\""));
        assertEquals(1, count(text, "http_server_requests_seconds",
                "method=\"POST\",outcome=\"CLIENT_ERROR\",status=\"422\",uri=\"/api/v1/users\""));
        assertEquals("histogram", text.type("http_server_request_duration_seconds"));
        assertEquals(1, text.value("memfuse_build_info{version=\"1.2.3\"}"));
        assertTrue(text.names().containsAll(Set.of("jvm_memory_used_bytes", "jvm_threads_current",
                "process_cpu_seconds_total")), text.names()::toString);
    }

    /// The Alerts page names each metric as this text does.
    @Test
    void theNamesOfAlertMetricsAreThoseOfTheText() {
        for (Operation operation : Operation.values()) {
            hub.end(hub.begin(operation), true);
        }
        MetricsText text;
        try (Sampler _ = new Sampler(hub, () -> 20, _ -> {}, Clock.systemUTC())) {
            EngineFixture.await("a sample", () -> hub.latest().isPresent());
            text = scrape();
        }
        List<String> unknown = new ArrayList<>();
        for (AlertMetric metric : AlertMetrics.list()) {
            String names = MetricNames.of(metric);
            if (names.isEmpty() && !Set.of("hiccup.max", "vectors.rate", "journal.drain").contains(metric.id())) {
                unknown.add(metric.id());
            }
            Pattern.compile("memfuse_[a-z0-9_]+").matcher(names).results().map(MatchResult::group)
                    .filter(name -> text.names().stream()
                            .noneMatch(sample -> sample.equals(name) || sample.equals(name + "_count")))
                    .forEach(name -> unknown.add(metric.id() + ": " + name));
        }

        assertEquals(List.of(), unknown);
    }

    @Test
    void theLastMeasurementOfRetrievalIsAmongTheMetrics() {
        assertFalse(scrape().names().contains("memfuse_retrieval_recall"), "before a measurement");

        hub.retrievalMeasured(new RetrievalQuality(48, Map.of(1, 0.5, 10, 0.84), 0.65));
        hub.retrievalMeasured(new RetrievalQuality(50, Map.of(1, 0.4, 10, 0.8), 0.6));

        MetricsText text = scrape();
        assertEquals(0.4, text.value("memfuse_retrieval_recall{k=\"1\"}"));
        assertEquals(0.8, text.value("memfuse_retrieval_recall{k=\"10\"}"));
        assertEquals(0.6, text.value("memfuse_retrieval_mrr"));
        assertEquals(50, text.value("memfuse_retrieval_questions"));
    }

    /// The sampler takes the same values in portions.
    @Test
    void aSamplerTakesNothingAway() {
        add(true);
        try (Sampler _ = new Sampler(hub, () -> 20, _ -> {}, Clock.systemUTC())) {
            EngineFixture.await("a sample of the error", () -> hub.history().stream()
                    .anyMatch(snapshot -> snapshot.operation(Operation.ADD).errors() > 0));

            MetricsText text = scrape();

            assertEquals(1, count(text, "memfuse_operation_duration_seconds", "operation=\"add\""));
            assertEquals(1, text.value("memfuse_operation_errors_total{operation=\"add\"}"));
            assertEquals(1, text.value("memfuse_database_up"));
        }
    }

    @Test
    void aClientChoosesTheFormat() {
        assertTrue(metrics.contentType(OPEN_METRICS).startsWith("application/openmetrics-text"));
        assertTrue(text(OPEN_METRICS).endsWith("# EOF\n"));
        MetricsText.parse(text(OPEN_METRICS));
        assertTrue(metrics.contentType(null).startsWith("text/plain; version=0.0.4"));
        assertTrue(metrics.contentType("text/html").startsWith("text/plain"));
    }

    @Test
    void theFileIsCompleteAndFollows(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("memfuse.prom");
        try (MetricsFile _ = MetricsFile.start(file, metrics, Duration.ofMillis(20))) {
            add(false);
            EngineFixture.await("the add in the file", () -> read(file).contains("operation=\"add\",le=\"+Inf\"} 1")
                    || count(MetricsText.parse(read(file)), "memfuse_operation_duration_seconds",
                            "operation=\"add\"") == 1);
            add(false);
        }
        assertEquals(2, count(MetricsText.parse(read(file)), "memfuse_operation_duration_seconds",
                "operation=\"add\""));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        // A collector has an account of its own.
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grafana-memfuse.json", "memfuse-alerts.yml"})
    void theSamplesUseNamesThatExist(String sample) {
        hub.leased(1, 1);
        hub.requests().route("GET /x").record(500, 1);
        try (Sampler _ = new Sampler(hub, () -> 20, _ -> {}, Clock.systemUTC())) {
            EngineFixture.await("a snapshot", () -> hub.latest().isPresent());
            Set<String> used = new HashSet<>();
            Matcher name = Pattern.compile("\\b((?:memfuse|hikaricp|db_client|http_server|jvm|process)_[a-z0-9_]+)")
                    .matcher(read(Path.of("sample-configs", "monitoring", sample)));
            while (name.find()) {
                used.add(name.group(1));
            }
            assertTrue(used.size() > 8, used::toString);

            used.removeAll(scrape().names());

            assertEquals(Set.of(), used);
        }
    }
}
