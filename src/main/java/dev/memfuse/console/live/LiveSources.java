package dev.memfuse.console.live;

import java.time.Clock;
import java.util.function.Supplier;

import dev.memfuse.config.BufferConfig;
import dev.memfuse.metrics.MetricsHub;

/// What the Live page reads.
///
/// @param buffers the settings of the buffers in force
record LiveSources(MetricsHub hub, Supplier<BufferConfig> buffers, Clock clock) {}
