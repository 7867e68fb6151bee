package dev.memfuse.metrics.span;

import java.time.Duration;
import java.time.Instant;

/// A span of time.
///
/// @param from inclusive
/// @param to exclusive, after `from`
public record TimeSpan(Instant from, Instant to) {
    public TimeSpan {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("A span must end after its start: " + from + ".." + to);
        }
    }

    /// Returns the length.
    public Duration length() {
        return Duration.between(from, to);
    }

    /// Returns the span of equal length that ends where this one begins.
    public TimeSpan before() {
        return new TimeSpan(from.minus(length()), from);
    }
}
