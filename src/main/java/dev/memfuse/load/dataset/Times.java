package dev.memfuse.load.dataset;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.engine.validation.ValueCheck;
import tools.jackson.databind.JsonNode;

/// Times of messages in JSON Lines: RFC 3339, a date and time or a date in UTC, or seconds or milliseconds since 1970.
final class Times {
    /// Time of the first line of a file whose lines have none.
    static final Instant DEFAULT_START = Instant.parse("2025-01-01T00:00:00Z");
    private static final long LAST_SECOND = ValueCheck.LAST_TIME.getEpochSecond();
    private static final int MILLIS = 1_000;
    private static final List<Function<String, Instant>> FORMS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());

    private Times() {}

    /// Returns the time of a value in the precision of storage; empty when it is none.
    static Optional<Instant> of(JsonNode value) {
        if (value.isNumber()) {
            return ofNumber(value.doubleValue());
        }
        String text = value.asString("").strip().replaceFirst("^(\\S+) (\\d\\d:)", "$1T$2");
        for (Function<String, Instant> form : FORMS) {
            try {
                return Optional.of(form.apply(text).truncatedTo(ChronoUnit.MICROS));
            } catch (DateTimeParseException _) {
                // Another form may fit.
            }
        }
        return Optional.empty();
    }

    /// A number beyond the last second of the year 9999 can only be milliseconds.
    private static Optional<Instant> ofNumber(double number) {
        double seconds = Math.abs(number) > LAST_SECOND ? number / MILLIS : number;
        if (!(Math.abs(seconds) <= LAST_SECOND)) {
            return Optional.empty();
        }
        try {
            long micros = Math.round(seconds * 1e6);
            return Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }
}
