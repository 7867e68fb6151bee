package dev.memfuse.console.context;

import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.alert.PerformanceMonitor;

/// What is measured, and the rules that watch it.
public record Monitoring(MetricsHub hub, PerformanceMonitor monitor) {}
