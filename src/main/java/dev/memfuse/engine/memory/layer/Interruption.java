package dev.memfuse.engine.memory.layer;

import dev.memfuse.engine.exception.EngineException;

/// Checks for an interrupt.
public final class Interruption {
    private Interruption() {}

    /// Returns when the current thread is not interrupted.
    ///
    /// @throws EngineException when it is interrupted
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new EngineException("The work was interrupted.");
        }
    }
}
