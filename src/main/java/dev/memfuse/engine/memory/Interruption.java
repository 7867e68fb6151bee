package dev.memfuse.engine.memory;

import dev.memfuse.engine.EngineException;

/// Ends work whose time is over.
final class Interruption {
    private Interruption() {}

    /// @throws EngineException when this thread was told to stop
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new EngineException("The work was told to stop.");
        }
    }
}
