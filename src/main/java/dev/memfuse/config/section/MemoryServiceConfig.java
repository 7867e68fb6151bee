package dev.memfuse.config.section;

import java.time.Duration;

/// Section `memory_service`.
///
/// @param parallelEnabled true builds several layers in parallel, after M0, of one user too; false builds the layers of
///        a user one after the other
/// @param enableFallback true runs a layer that failed in parallel once more, in sequence, and builds a layer by rules
///        when the language model gives no usable answer in time
/// @param timeoutPerLayer maximum time of one layer for one round, 0.1 s..10 min
/// @param maxConcurrentLayers maximum number of layers that are built at the same time when parallel, 1..64
/// @param maxRetries maximum number of retries of a failed layer of a round, 0..20
public record MemoryServiceConfig(boolean parallelEnabled, boolean enableFallback, Duration timeoutPerLayer,
        int maxConcurrentLayers, int maxRetries) {}
