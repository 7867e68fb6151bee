package dev.memfuse.engine.memory.layer;

import java.time.Duration;

import dev.memfuse.engine.exception.EngineException;

/// The layer of a round cannot be built now, and stays in the work list. Not a failure: it does not count as an
/// attempt.
public final class PostponedException extends EngineException {
    private final transient Duration remaining;

    /// @param message reason, a sentence
    /// @param remaining time until it may be built
    public PostponedException(String message, Duration remaining, Throwable cause) {
        super(message, "", cause);
        this.remaining = remaining;
    }

    /// Returns the time until the layer may be built.
    public Duration remaining() {
        return remaining;
    }
}
