package dev.memfuse.console.live;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.metrics.MetricsHub;

/// Data sources of the Live page.
///
/// @param buffers the buffer settings in force
/// @param engine the engine; empty while it is not running
public record LiveSources(MetricsHub hub, Supplier<BufferConfig> buffers, Supplier<Optional<MemoryEngine>> engine,
        Clock clock) {}
