package dev.memfuse.load.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ResultJsonTest {
    private final JsonNode json = JsonMapper.shared().readTree(ResultJson.of(SampleReport.of("note")));

    @ParameterizedTest
    @ValueSource(strings = {"/format_version", "/started_at", "/seconds", "/operations/add/count",
            "/operations/add/errors", "/operations/add/throughput_per_s", "/operations/query/latency_ms/p50",
            "/operations/query/latency_ms/p90", "/operations/query/latency_ms/p99",
            "/operations/query/latency_ms/p999", "/operations/query/latency_ms/max",
            "/operations/add/service_ms/p50", "/stages_ms/sql", "/acknowledged/memory", "/pool/acquire_ms/p99",
            "/pool/active_max",
            "/arrival/model", "/arrival/scheduled", "/arrival/started", "/arrival/dropped", "/arrival/lag_ms/p99",
            "/config/buffer/bypass_mode", "/changes/0", "/environment/program_version", "/warnings/0",
            "/workload/seed", "/workload/rate_per_s"})
    void hasTheField(String path) {
        assertFalse(json.at(path).isMissingNode(), path + " in " + json);
    }

    @Test
    void keepsTheValues() {
        assertEquals(12_000, json.at("/operations/add/count").asLong());
        assertEquals(600.25, json.at("/operations/add/throughput_per_s").asDouble());
        assertEquals(12_000, json.at("/acknowledged/journaled").asLong());
        assertEquals("open", json.at("/arrival/model").asString());
        assertEquals("2026-03-01T10:00:02Z", json.at("/started_at").asString());
    }

    @Test
    void createsTheFolderOfTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a").resolve("b").resolve("result.json");

        ResultJson.write(file, "{}");

        try (Stream<String> lines = Files.lines(file)) {
            assertEquals(1, lines.count());
        }
    }

    @Test
    void readsResultsOfVersionsWithoutCosts() {
        ObjectNode tree = ResultJson.tree(SampleReport.of("note"));
        tree.remove("cost_per_operation");

        assertEquals(Map.of(), ResultJson.read(ResultJson.text(tree)).costPerOperation());
    }
}
