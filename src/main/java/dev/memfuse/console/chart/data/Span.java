package dev.memfuse.console.chart.data;

import java.time.Instant;

/// A stretch of time on the axes.
///
/// @param from milliseconds since the epoch, inclusive
/// @param to milliseconds since the epoch, inclusive, after `from`
public record Span(long from, long to) {
    public Span {
        if (to <= from) {
            throw new IllegalArgumentException("A span ends after it begins: " + from + ".." + to);
        }
    }

    /// Milliseconds between the ends.
    public long length() {
        return to - from;
    }

    /// Whether `at` lies within.
    public boolean contains(Instant at) {
        long millis = at.toEpochMilli();
        return millis >= from && millis <= to;
    }

    /// The same length, moved by `millis`.
    public Span moved(long millis) {
        return new Span(from + millis, to + millis);
    }
}
