package dev.memfuse.load.run;

import java.util.Map;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.metrics.MetricsHub;

/// What a run works on.
///
/// @param facts of the environment that only the host knows, such as the database's version; read at the end
record RunContext(MemoryEngine engine, Tunables tunables, MetricsHub hub, Supplier<Map<String, String>> facts) {}
