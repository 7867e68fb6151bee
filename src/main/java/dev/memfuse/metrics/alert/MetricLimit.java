package dev.memfuse.metrics.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A limit that a rule or an objective puts on a metric.
///
/// @param metric what is limited
/// @param limit in the unit of the metric
public record MetricLimit(AlertMetric metric, double limit) {
    private static final double NANOS_PER_MS = 1e6;
    private static final double PERCENT = 100;

    /// Returns the limits in force, each once: those of the program's rules that are on, of the user's rules that are
    /// on, and of the objectives, in this order.
    ///
    /// @param content rules in force
    /// @param limits limits of the program's rules
    public static List<MetricLimit> of(AlertRules.Content content, AlertLimits limits) {
        List<MetricLimit> all = new ArrayList<>();
        for (AlertRule rule : AlertRule.values()) {
            if (rule.hasLimit() && !content.off().contains(rule)) {
                ofProgram(rule, limits).ifPresent(all::add);
            }
        }
        content.rules().stream().filter(MetricRule::enabled)
                .forEach(rule -> all.add(new MetricLimit(rule.resolved(), rule.limit())));
        content.objectives().forEach(level -> all.add(new MetricLimit(level.resolved(), level.limit())));
        return all.stream().distinct().toList();
    }

    private static Optional<MetricLimit> ofProgram(AlertRule rule, AlertLimits limits) {
        return switch (rule) {
            case CONNECTION_POOL_ACCESS -> of("pool.wait.p99", limits.connectionPoolAccess() / NANOS_PER_MS);
            case ADD -> of("add.p99", limits.add() / NANOS_PER_MS);
            case QUERY -> of("query.p99", limits.query() / NANOS_PER_MS);
            case ERROR_RATE -> of("error_rate", limits.errorRate() * PERCENT);
            case HEAP_USED -> of("heap.used", limits.heapUsed() * PERCENT);
            case DATABASE, JOURNAL, DEAD_LETTERS, BACKGROUND -> Optional.empty();
        };
    }

    private static Optional<MetricLimit> of(String metric, double limit) {
        return AlertMetrics.find(metric).map(found -> new MetricLimit(found, limit));
    }

    /// Returns metric and limit for people: "p99 of add, 100 ms".
    public String text() {
        return metric.title() + ", " + metric.unit().format(limit);
    }
}
