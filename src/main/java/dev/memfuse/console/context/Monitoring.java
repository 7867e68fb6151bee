package dev.memfuse.console.context;

import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.alert.PerformanceMonitor;

/// Metrics and the alert rules evaluated on them.
public record Monitoring(MetricsHub hub, PerformanceMonitor monitor) {}
