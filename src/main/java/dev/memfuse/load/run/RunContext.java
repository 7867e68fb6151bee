package dev.memfuse.load.run;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.load.generator.LoadSystem;
import dev.memfuse.metrics.MetricsHub;

/// The system that a run drives and the sources of its report.
///
/// @param deadLetters number of dead letters before the run
/// @param drainLimit maximum time that a run waits for operations in flight after the last arrival
/// @param hostProperties environment entries that the host adds to the result, for instance `database`; read once at
///        the end of the run, on the run's thread
record RunContext(LoadSystem system, Tunables tunables, MetricsHub hub, int deadLetters,
        Duration drainLimit, Supplier<Map<String, String>> hostProperties) {}
