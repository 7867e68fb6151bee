package dev.memfuse.config;

import java.time.Duration;

/// Section `memory_service`.
///
/// @param parallelEnabled true starts M1 and M2 of a batch at once, beside M0; false builds them one after the other
/// @param enableFallback true runs a layer that failed or timed out in parallel once more, in sequence
/// @param timeoutPerLayer longest time of one layer for one round, 0.1 s..10 min
public record MemoryServiceConfig(boolean parallelEnabled, boolean enableFallback, Duration timeoutPerLayer) {}
