package dev.memfuse.engine.time;

import java.time.LocalDate;

/// A period of whole days, in days since 1970-01-01. Days are those of UTC.
///
/// @param from first day
/// @param until day after the last one, larger than `from`
public record Period(long from, long until) {
    /// Distance at which the nearness has fallen to one half. People mention most events within a week.
    private static final double HALF = 7;

    static final long START = LocalDate.of(-9999, 1, 1).toEpochDay();
    static final long END = LocalDate.of(9999, 12, 31).toEpochDay();

    static Period of(LocalDate from, LocalDate until) {
        return new Period(from.toEpochDay(), until.toEpochDay());
    }

    static Period day(LocalDate day) {
        return of(day, day.plusDays(1));
    }

    static Period month(int year, int month) {
        LocalDate first = LocalDate.of(year, month, 1);
        return of(first, first.plusMonths(1));
    }

    static Period year(int year) {
        return of(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1));
    }

    LocalDate first() {
        return LocalDate.ofEpochDay(from);
    }

    /// Returns the nearness of a day, 0..1: 1 within the period, `7 / (7 + d)` for a day that is `d` days outside.
    public double nearness(long day) {
        long distance = day < from ? from - day : day >= until ? day - until + 1 : 0;
        return HALF / (HALF + distance);
    }
}
