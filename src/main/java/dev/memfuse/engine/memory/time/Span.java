package dev.memfuse.engine.memory.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/// A period of whole days.
///
/// @param first first day
/// @param until day after the last one, later than `first`
record Span(LocalDate first, LocalDate until) {

    static Span day(LocalDate day) {
        return new Span(day, day.plusDays(1));
    }

    /// Returns the day, week (from Monday), month or year that contains a day.
    static Span of(ChronoUnit unit, LocalDate day) {
        LocalDate first = switch (unit) {
            case WEEKS -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTHS -> day.withDayOfMonth(1);
            case YEARS -> day.withDayOfYear(1);
            default -> day;
        };
        return new Span(first, first.plus(1, unit == ChronoUnit.FOREVER ? ChronoUnit.DAYS : unit));
    }

    static Span year(int year) {
        return of(ChronoUnit.YEARS, LocalDate.of(year, 1, 1));
    }

    long days() {
        return ChronoUnit.DAYS.between(first, until);
    }

    boolean hasBegunOn(LocalDate day) {
        return !first.isAfter(day);
    }

    boolean hasEndedOn(LocalDate day) {
        return !until.isAfter(day);
    }

    /// Returns whether the other one begins within this one.
    boolean holdsStartOf(Span other) {
        return !other.first.isBefore(first) && other.first.isBefore(until);
    }

    /// Returns the first, second or last third; a day has none.
    Span part(Part part) {
        long third = days() / 3;
        return switch (part) {
            case ALL -> this;
            case EARLY -> new Span(first, first.plusDays(Math.max(1, third)));
            case MIDDLE -> new Span(first.plusDays(third), until.minusDays(third));
            case LATE -> new Span(until.minusDays(Math.max(1, third)), until);
        };
    }

    /// A part of a period, such as "early" or "at the end of".
    enum Part {
        ALL,
        EARLY,
        MIDDLE,
        LATE
    }
}
