package dev.memfuse.bootstrap;

import java.util.Locale;
import java.util.Optional;

import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.engine.exception.EngineException;

/// Refuses a start with a heap in which the engine cannot work: it would run out of memory in the middle of a load.
final class HeapCheck {
    /// Least heap, measured: with less, the embedding model and a small load do not fit.
    private static final long LEAST_MIB = 128;
    /// Collectors report a little less than the configured heap.
    private static final double REPORTED = 0.9;
    private static final long MIB = 1L << 20;

    private HeapCheck() {}

    /// @throws EngineException when the heap of this process is too small for the engine
    static void require() {
        problem(Runtime.getRuntime().maxMemory()).ifPresent(sentence -> {
            throw new EngineException(sentence);
        });
    }

    /// Returns why a heap is too small, as a sentence with a remedy; empty when it suffices.
    ///
    /// @param bytes its maximum size
    static Optional<String> problem(long bytes) {
        return bytes >= LEAST_MIB * MIB * REPORTED
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "The heap of %d MiB is too small for the engine, which needs "
                        + "at least %d MiB. %s", bytes / MIB, LEAST_MIB, ExitCodes.MORE_MEMORY));
    }
}
