package dev.memfuse.console.live;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.metrics.MetricsHub;

/// What the Live page reads.
///
/// @param buffers the settings of the buffers in force
/// @param engine the engine, when it runs
public record LiveSources(MetricsHub hub, Supplier<BufferConfig> buffers, Supplier<Optional<MemoryEngine>> engine,
        Clock clock) {}
