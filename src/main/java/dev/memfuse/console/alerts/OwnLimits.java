package dev.memfuse.console.alerts;

import java.time.Duration;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.MonitoringConfig.ThresholdsConfig;
import dev.memfuse.metrics.alert.AlertMetric;
import dev.memfuse.metrics.alert.AlertMetrics;
import dev.memfuse.metrics.alert.AlertRule;

/// The limits of the program's own rules: settings of the engine, in the units of their metrics.
final class OwnLimits {
    private static final double NANOS_PER_MS = 1e6;
    private static final double PERCENT = 100;
    private static final String PATH = "monitoring.thresholds.";

    private OwnLimits() {}

    /// Returns the metric of a rule with a limit.
    static AlertMetric metric(AlertRule rule) {
        return AlertMetrics.find(switch (rule) {
            case CONNECTION_POOL_ACCESS -> "pool.wait.p99";
            case ADD -> "add.p99";
            case QUERY -> "query.p99";
            case ERROR_RATE -> "error_rate";
            case HEAP_USED -> "heap.used";
            case DATABASE, JOURNAL, DEAD_LETTERS, BACKGROUND -> throw new IllegalArgumentException("No limit: " + rule);
        }).orElseThrow();
    }

    /// Returns the limit of a rule.
    static double limit(AlertRule rule, ThresholdsConfig config) {
        return switch (rule) {
            case CONNECTION_POOL_ACCESS -> config.connectionPoolAccess().toNanos() / NANOS_PER_MS;
            case ADD -> config.add().toNanos() / NANOS_PER_MS;
            case QUERY -> config.query().toNanos() / NANOS_PER_MS;
            case ERROR_RATE -> config.errorRate() * PERCENT;
            case HEAP_USED -> config.heapUsed() * PERCENT;
            case DATABASE, JOURNAL, DEAD_LETTERS, BACKGROUND -> throw new IllegalArgumentException("No limit: " + rule);
        };
    }

    /// Returns a configuration with another limit of a rule.
    static MemFuseConfig with(MemFuseConfig config, AlertRule rule, double limit) {
        return switch (rule) {
            case CONNECTION_POOL_ACCESS, ADD, QUERY -> ConfigValues.with(config, path(rule),
                    Duration.ofNanos(Math.round(limit * NANOS_PER_MS)));
            case ERROR_RATE, HEAP_USED -> ConfigValues.with(config, path(rule), limit / PERCENT);
            case DATABASE, JOURNAL, DEAD_LETTERS, BACKGROUND -> throw new IllegalArgumentException("No limit: " + rule);
        };
    }

    private static String path(AlertRule rule) {
        return PATH + rule.id().replace('-', '_');
    }
}
