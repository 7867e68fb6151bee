package dev.memfuse.config.section;

import java.time.Duration;

/// Section `memory_service`.
///
/// @param parallelEnabled true builds several layers at once, beside M0; false builds one after the other
/// @param enableFallback true runs a layer that failed or timed out in parallel once more, in sequence, and builds a
///        layer by rules when the language model does not answer
/// @param timeoutPerLayer longest time of one layer for one round, 0.1 s..10 min
/// @param maxConcurrentLayers layers that are built at the same time when parallel, 1..64
/// @param maxRetries how often a layer of a round that failed is tried again later, 0..20
public record MemoryServiceConfig(boolean parallelEnabled, boolean enableFallback, Duration timeoutPerLayer,
        int maxConcurrentLayers, int maxRetries) {}
