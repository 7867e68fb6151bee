package dev.memfuse.bench.harness;

import java.time.Duration;

import dev.memfuse.engine.MemoryEngine;

/// Waits until an engine has built its layers from all stored rounds.
public final class ExtractionWait {
    private static final Duration POLL = Duration.ofMillis(200);

    private ExtractionWait() {}

    /// Blocks until the work list is empty or the run is stopped.
    ///
    /// @return whether the work list is empty
    public static boolean await(MemoryEngine engine, BenchWatch watch) {
        boolean idle = engine.awaitExtraction(POLL);
        while (!idle && !watch.stopped()) {
            idle = engine.awaitExtraction(POLL);
        }
        return idle;
    }
}
