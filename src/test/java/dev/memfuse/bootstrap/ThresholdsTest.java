package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.alert.Alert;
import dev.memfuse.metrics.alert.AlertRule;
import dev.memfuse.metrics.alert.AlertSource;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {
    private static final List<String> KEYS = List.of("connection_pool_access", "add", "query", "error_rate",
            "heap_used");
    /// 20 ms for everything, a tenth of the operations failed, a tenth of the heap is used.
    private static final MetricsSnapshot BUSY = SnapshotFeed.snapshot(Instant.EPOCH,
            Map.of(Operation.ADD, new OperationSample(100, 10, 1, 1, 20_000_000, 1), Operation.QUERY,
                    new OperationSample(100, 10, 1, 1, 20_000_000, 1)),
            new PoolSample(0, 0, 0, 0, 20_000_000, 0, 0, 100));

    private final LiveTunables tunables = new LiveTunables(new ConfigLoader().load());

    private void set(String key, String value) {
        String path = "monitoring.thresholds." + key;
        tunables.apply("test", config -> ConfigValues.with(config, path, ConfigValues.parse(path, value)));
    }

    private List<AlertSource> raised() {
        PerformanceMonitor monitor = new PerformanceMonitor(new MetricsHub(Clock.systemUTC()),
                () -> AppGraph.limits(tunables.get().monitoring().thresholds()));
        // A value is over its limit for some seconds before it raises an alert.
        for (int second = 0; second < 3; second++) {
            monitor.evaluate(BUSY);
        }
        return monitor.active().stream().map(Alert::rule).toList();
    }

    @ParameterizedTest
    @CsvSource({"connection_pool_access, 0.019, CONNECTION_POOL_ACCESS", "add, 0.019, ADD", "query, 0.019, QUERY",
            "error_rate, 0.09, ERROR_RATE", "heap_used, 0.09, HEAP_USED"})
    void aThresholdBelowTheValueRaisesItsAlertAndNoOther(String key, String limit, AlertRule rule) {
        KEYS.forEach(each -> set(each, each.endsWith("rate") || each.endsWith("used") ? "0.11" : "0.021"));
        assertEquals(List.of(), raised());

        set(key, limit);

        assertEquals(List.of(rule), raised());
    }
}
