package dev.memfuse.console.chart.data;

import java.time.Instant;

/// A span of time.
///
/// @param from milliseconds since the epoch, inclusive
/// @param to milliseconds since the epoch, inclusive, after `from`
public record Span(long from, long to) {
    public Span {
        if (to <= from) {
            throw new IllegalArgumentException("A span must end after its start: " + from + ".." + to);
        }
    }

    /// Returns the length in milliseconds.
    public long length() {
        return to - from;
    }

    /// Returns whether `at` lies in this span.
    public boolean contains(Instant at) {
        long millis = at.toEpochMilli();
        return millis >= from && millis <= to;
    }

    /// Returns this span moved by `millis`.
    public Span moved(long millis) {
        return new Span(from + millis, to + millis);
    }
}
