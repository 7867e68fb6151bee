package dev.memfuse.engine.validation;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;

/// Reads times in ISO 8601, such as `2026-03-01T10:15:30Z`.
public final class TimeText {
    private TimeText() {}

    /// Returns the instant of a text.
    ///
    /// @throws DateTimeParseException when it is none, or a leap second: storage has no place for it, and Java would
    ///     read the second before it without notice
    public static Instant parse(String text) {
        TemporalAccessor time = DateTimeFormatter.ISO_INSTANT.parse(text);
        if (time.query(DateTimeFormatter.parsedLeapSecond())) {
            throw new DateTimeParseException("The leap second cannot be stored", text, 0);
        }
        return Instant.from(time);
    }
}
