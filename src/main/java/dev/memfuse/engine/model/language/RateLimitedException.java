package dev.memfuse.engine.model.language;

import java.time.Duration;

/// The configured limits of requests and tokens per minute allow no call now.
public final class RateLimitedException extends LanguageModelException {
    private final transient Duration remaining;

    /// @param remaining time until a call is allowed
    RateLimitedException(Duration remaining) {
        super("The limits of requests and tokens per minute allow no other call now.", null);
        this.remaining = remaining;
    }

    /// Returns the time until a call is allowed.
    public Duration remaining() {
        return remaining;
    }
}
