package dev.memfuse.engine.memory.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A time that comes again: a weekday, a day of every month, a date, month or season of every year. Only occurrences
/// that exist count: there is no 31 April, and 29 February is in leap years only.
///
/// @param every period within which it occurs once
/// @param occurrences occurrences around a day, the earliest first
record Recurrence(Every every, Function<LocalDate, List<Span>> occurrences) {
    private static final int YEARS = 2;
    /// Eight years hold a 29 February, also around 1900 and 2100.
    private static final int LEAP_YEARS = 8;
    private static final int MONTHS = 3;
    private static final int WEEKS = 3;
    private static final int SEASON_MONTHS = 3;

    /// Period within which a time occurs once, with the numbers of days of such a period.
    enum Every {
        WEEK(7, 7),
        MONTH(28, 31),
        YEAR(365, 366);

        private final int shortest;
        private final int longest;

        Every(int shortest, int longest) {
            this.shortest = shortest;
            this.longest = longest;
        }

        /// Returns whether a period is one of these.
        boolean is(Span span) {
            return span.days() >= shortest && span.days() <= longest;
        }
    }

    static Recurrence weekday(DayOfWeek weekday) {
        return new Recurrence(Every.WEEK, today -> weeks(today, weekday, 1));
    }

    static Recurrence weekend() {
        return new Recurrence(Every.WEEK, today -> weeks(today, DayOfWeek.SATURDAY, 2));
    }

    private static List<Span> weeks(LocalDate today, DayOfWeek begin, int days) {
        LocalDate middle = today.with(TemporalAdjusters.previousOrSame(begin));
        return IntStream.rangeClosed(-WEEKS, WEEKS).mapToObj(middle::plusWeeks)
                .map(first -> new Span(first, first.plusDays(days))).toList();
    }

    static Recurrence dayOfMonth(int day) {
        return new Recurrence(Every.MONTH,
                today -> IntStream.rangeClosed(-MONTHS, MONTHS)
                        .mapToObj(distance -> YearMonth.from(today).plusMonths(distance))
                        .filter(month -> month.isValidDay(day)).map(month -> Span.day(month.atDay(day))).toList());
    }

    static Recurrence date(int month, int day) {
        return new Recurrence(Every.YEAR,
                today -> years(today, LEAP_YEARS).map(year -> YearMonth.of(year, month))
                        .filter(found -> found.isValidDay(day)).map(found -> Span.day(found.atDay(day))).toList());
    }

    static Recurrence month(int month, Span.Part part) {
        return new Recurrence(Every.YEAR,
                today -> years(today, YEARS).map(year -> month(year, month).part(part)).toList());
    }

    /// @param firstMonth its first month; it has three
    static Recurrence season(int firstMonth) {
        return new Recurrence(Every.YEAR, today -> years(today, YEARS).map(year -> season(year, firstMonth)).toList());
    }

    /// @param days distance from Easter Sunday
    static Recurrence easter(int days) {
        return new Recurrence(Every.YEAR, today -> years(today, YEARS).map(Recurrence::easterSunday)
                .map(sunday -> Span.day(sunday.plusDays(days))).toList());
    }

    private static Stream<Integer> years(LocalDate today, int distance) {
        return IntStream.rangeClosed(today.getYear() - distance, today.getYear() + distance).boxed();
    }

    static Span month(int year, int month) {
        LocalDate first = LocalDate.of(year, month, 1);
        return new Span(first, first.plusMonths(1));
    }

    static Span season(int year, int firstMonth) {
        LocalDate first = LocalDate.of(year, firstMonth, 1);
        return new Span(first, first.plusMonths(SEASON_MONTHS));
    }

    /// Returns Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher.
    static LocalDate easterSunday(int year) {
        int moon = year % 19;
        int century = year / 100;
        int corrected = (century - century / 4 - (8 * century + 13) / 25 + 19 * moon + 15) % 30;
        int full = corrected - corrected / 28 * (1 - 29 / (corrected + 1) * ((21 - moon) / 11));
        int weekday = (year + year / 4 + full + 2 - century + century / 4) % 7;
        int distance = full - weekday;
        int month = 3 + (distance + 40) / 44;
        return LocalDate.of(year, month, distance + 28 - 31 * (month / 4));
    }

    /// Returns the occurrence that words and tense mean.
    Optional<Span> occurrence(Direction direction, Tense tense, LocalDate today) {
        List<Span> all = occurrences.apply(today);
        boolean past = tense == Tense.PAST;
        return switch (direction) {
            case LAST -> latest(all.stream().filter(span -> span.hasEndedOn(today)));
            case NEXT -> all.stream().filter(span -> !span.hasBegunOn(today)).findFirst();
            case PENULTIMATE -> all.reversed().stream().filter(span -> span.hasEndedOn(today)).skip(1).findFirst();
            case FOLLOWING -> all.stream().filter(span -> !span.hasBegunOn(today)).skip(1).findFirst();
            case CURRENT -> past ? begun(all, today) : notEnded(all, today);
            case SINCE -> begun(all, today);
            case UNTIL -> notEnded(all, today);
            // "On Friday", said on a Friday, is another day: today has a name of its own.
            case OPEN -> past
                    ? latest(all.stream().filter(span -> every == Every.WEEK
                            ? span.first().isBefore(today)
                            : span.hasBegunOn(today)))
                    : all.stream().filter(span -> every == Every.WEEK
                            ? span.until().isAfter(today.plusDays(1))
                            : !span.hasEndedOn(today)).findFirst();
        };
    }

    private static Optional<Span> begun(List<Span> all, LocalDate today) {
        return latest(all.stream().filter(span -> span.hasBegunOn(today)));
    }

    private static Optional<Span> notEnded(List<Span> all, LocalDate today) {
        return all.stream().filter(span -> !span.hasEndedOn(today)).findFirst();
    }

    private static Optional<Span> latest(Stream<Span> spans) {
        return spans.reduce((_, later) -> later);
    }

    /// Returns the occurrence within a period in which it occurs once: "Monday" in "last week".
    Optional<Span> within(Span period) {
        return every.is(period)
                ? occurrences.apply(period.first()).stream().filter(period::holdsStartOf).findFirst()
                : Optional.empty();
    }
}
