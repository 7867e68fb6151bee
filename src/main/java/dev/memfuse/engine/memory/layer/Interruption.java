package dev.memfuse.engine.memory.layer;

import dev.memfuse.engine.exception.EngineException;

/// Ends work whose time is over.
public final class Interruption {
    private Interruption() {}

    /// @throws EngineException when this thread was told to stop
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new EngineException("The work was told to stop.");
        }
    }
}
