package dev.memfuse.load.labelled;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Days in which the time of a fact lies.
///
/// @param first first day
/// @param last last day, not before the first
public record LabelledTime(LocalDate first, LocalDate last) {

    /// Parses a year, a month, a day, or two of them with a slash between, in ISO 8601.
    ///
    /// @throws java.time.DateTimeException when it is none of these
    public static LabelledTime parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new LabelledTime(first(text), last(text))
                : new LabelledTime(first(text.substring(0, slash)), last(text.substring(slash + 1)));
    }

    /// Returns the distance of an instant in days; 0 when it lies within the days, in UTC.
    public long daysFrom(Instant instant) {
        LocalDate day = instant.atZone(ZoneOffset.UTC).toLocalDate();
        return day.isBefore(first)
                ? ChronoUnit.DAYS.between(day, first)
                : Math.max(0, ChronoUnit.DAYS.between(last, day));
    }

    private static LocalDate first(String text) {
        return switch (text.length()) {
            case 4 -> Year.parse(text).atDay(1);
            case 7 -> YearMonth.parse(text).atDay(1);
            default -> LocalDate.parse(text);
        };
    }

    private static LocalDate last(String text) {
        return switch (text.length()) {
            case 4 -> Year.parse(text).atMonth(12).atEndOfMonth();
            case 7 -> YearMonth.parse(text).atEndOfMonth();
            default -> LocalDate.parse(text);
        };
    }
}
