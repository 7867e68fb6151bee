package dev.memfuse.load.generator;

import java.util.function.ToLongFunction;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.metrics.Stage;
import org.jspecify.annotations.Nullable;

/// Answer of the engine to an operation of a load.
///
/// @param acknowledgement durability of an add; null for other operations
/// @param stageNanos returns the time in a stage in nanoseconds; valid until the next call on this thread
public record Answer(@Nullable Acknowledgement acknowledgement, ToLongFunction<Stage> stageNanos) {}
