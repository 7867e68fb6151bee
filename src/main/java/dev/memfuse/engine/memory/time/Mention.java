package dev.memfuse.engine.memory.time;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;

import dev.memfuse.engine.memory.time.Span.Part;

/// A time in a text.
///
/// @param rule rule that read it
/// @param rank place of the rule; rules of more precise times come first
/// @param found words, and the groups of the rule
/// @param language values of words
record Mention(TimeRule rule, int rank, MatchResult found, TimeRules language) {
    private static final int TWO_DIGITS = 100;
    private static final int CENTURY = 1900;
    private static final int MAX_MONTH = 12;
    private static final int DECADE = 10;
    private static final int MAX_COUNT = 200;
    /// "The end of 2023" is its last quarter, not its last third.
    private static final int LAST_MONTHS = 3;

    int start() {
        return found.start();
    }

    int end() {
        return found.end();
    }

    /// Returns the number of letters between this one and another.
    int gap(Mention other) {
        return Math.max(other.found.start() - found.end(), found.start() - other.found.end());
    }

    /// Returns the first group whose name begins so and that has words.
    private Optional<String> group(String prefix) {
        return found.namedGroups().keySet().stream().filter(name -> name.startsWith(prefix))
                .flatMap(name -> Optional.ofNullable(found.group(name)).stream()).findFirst();
    }

    private Optional<Integer> number(String list) {
        return group(list).flatMap(word -> language.value(list, word));
    }

    private Direction direction() {
        for (Direction direction : Direction.values()) {
            if (group(direction.name().toLowerCase(Locale.ROOT)).isPresent()) {
                return direction;
            }
        }
        return Direction.OPEN;
    }

    private Part part() {
        return group("early").isPresent()
                ? Part.EARLY
                : group("middle").isPresent() ? Part.MIDDLE : group("late").isPresent() ? Part.LATE : Part.ALL;
    }

    /// Returns the time; empty when there is no such date, or the words are none after all.
    Optional<Span> resolve(LocalDate today, Tense tense) {
        try {
            Optional<Span> fixed = fixed(today, tense);
            return fixed.isPresent()
                    ? fixed
                    : recurrence().flatMap(one -> one.occurrence(direction(), tense, today));
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    /// Returns its occurrence within a period; empty when it does not come again once in such a period, or says itself
    /// which occurrence it means.
    Optional<Span> within(Span period) {
        try {
            return group("year").isPresent() || (direction() != Direction.OPEN && direction() != Direction.SINCE
                    && direction() != Direction.UNTIL)
                            ? Optional.empty()
                            : recurrence().flatMap(one -> one.within(period));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private Optional<Span> fixed(LocalDate today, Tense tense) {
        Optional<Integer> year = group("year").map(digits -> Integer.valueOf(digits.replaceAll("\\D", "")))
                .map(number -> number < TWO_DIGITS ? shortYear(number, today) : number);
        return switch (rule.kind()) {
            case DATE -> year.flatMap(one -> monthAndDay().map(date -> Span.day(LocalDate.of(one, date[0], date[1]))));
            case NUMERIC -> year.flatMap(this::numeric);
            case MONTH -> year.flatMap(one -> number("month").map(month -> Recurrence.month(one, month).part(part())));
            case SEASON -> year.flatMap(one -> number("season").map(month -> Recurrence.season(one, month)));
            case FEAST -> year.map(one -> Span.day(LocalDate.of(one, rule.feastMonth(), rule.feastDay())));
            case EASTER -> year.map(one -> Span.day(Recurrence.easterSunday(one).plusDays(rule.amount())));
            case AGO -> distance().map(distance -> Span.day(today.minus(distance, unit())));
            case LATER -> distance().map(distance -> Span.day(today.plus(distance, unit())));
            case WITHIN -> distance().filter(_ -> tense != Tense.PAST)
                    .map(distance -> Span.day(today.plus(distance, unit())));
            case SHIFT -> Optional.of(shifted(today));
            case YEAR -> year.map(this::yearPart);
            case DECADE -> group("decade").map(Integer::valueOf).map(this::decade);
            default -> Optional.empty();
        };
    }

    /// Returns the latest year with these two last digits that has begun.
    private static int shortYear(int digits, LocalDate today) {
        int year = today.getYear() / TWO_DIGITS * TWO_DIGITS + digits;
        return year > today.getYear() ? year - TWO_DIGITS : year;
    }

    private Span shifted(LocalDate today) {
        Span span = Span.of(rule.unit(), today.plus(rule.amount(), rule.unit()));
        return group("rest").isPresent() && span.until().isAfter(today.plusDays(1))
                ? new Span(today.plusDays(1), span.until())
                : inYearParts(span);
    }

    private Span yearPart(int year) {
        return inYearParts(Span.year(year));
    }

    private Span inYearParts(Span span) {
        return part() == Part.LATE && Recurrence.Every.YEAR.is(span)
                ? new Span(span.until().minusMonths(LAST_MONTHS), span.until())
                : span.part(part());
    }

    private Span decade(int word) {
        int first = word < TWO_DIGITS ? CENTURY + word : word;
        return new Span(LocalDate.of(first, 1, 1), LocalDate.of(first + DECADE, 1, 1));
    }

    private Optional<Recurrence> recurrence() {
        return switch (rule.kind()) {
            case DATE -> monthAndDay().map(date -> Recurrence.date(date[0], date[1]));
            case MONTH -> number("month").map(month -> Recurrence.month(month, part()));
            case SEASON -> number("season").map(Recurrence::season);
            case FEAST -> Optional.of(Recurrence.date(rule.feastMonth(), rule.feastDay()));
            case EASTER -> Optional.of(Recurrence.easter(rule.amount()));
            case WEEKDAY -> number("weekday").map(DayOfWeek::of).map(Recurrence::weekday);
            case WEEKEND -> Optional.of(Recurrence.weekend());
            case MONTHDAY -> number("day").map(Recurrence::dayOfMonth);
            default -> Optional.empty();
        };
    }

    private Optional<int[]> monthAndDay() {
        Optional<Integer> month = number("month").or(() -> group("number").map(Integer::valueOf));
        return month.flatMap(one -> number("day").map(day -> new int[]{one, day}));
    }

    /// Returns a date in digits; empty when both could be the month.
    private Optional<Span> numeric(int year) {
        int first = group("first").map(Integer::valueOf).orElse(0);
        int second = group("second").map(Integer::valueOf).orElse(0);
        if (first <= MAX_MONTH && second <= MAX_MONTH && first != second) {
            return Optional.empty();
        }
        return Optional.of(Span.day(first > MAX_MONTH
                ? LocalDate.of(year, second, first)
                : LocalDate.of(year, first, second)));
    }

    private Optional<Integer> distance() {
        return (rule.amount() > 0 ? Optional.of(rule.amount()) : number("count"))
                .filter(count -> count <= MAX_COUNT);
    }

    private ChronoUnit unit() {
        return rule.unit() != ChronoUnit.FOREVER
                ? rule.unit()
                : group("unit").flatMap(language::unit).orElseThrow();
    }
}
