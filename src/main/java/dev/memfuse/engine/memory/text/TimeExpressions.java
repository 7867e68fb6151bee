package dev.memfuse.engine.memory.text;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// Resolves time expressions relative to the time of the message: dates, months, years, seasons, days of the week, and
/// expressions such as yesterday, last week, two years ago. Results are in UTC, at the beginning of the day, month,
/// season or year.
///
/// An expression without a direction, such as "on Friday" or "in June", lies in the future when the [Tense] of the text
/// does, and in the past otherwise.
final class TimeExpressions {
    private static final String MONTHS = "(january|february|march|april|may|june|july|august|september|october|november"
            + "|december)";
    /// Before a day of the month, or the year.
    private static final String SHORT_MONTHS = "(jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)\\b\\.?";
    private static final String DAYS = "(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b(?!s)";
    private static final Map<String, Integer> COUNTS = Map.ofEntries(Map.entry("a", 1), Map.entry("an", 1),
            Map.entry("one", 1), Map.entry("two", 2), Map.entry("a couple of", 2), Map.entry("couple of", 2),
            Map.entry("three", 3), Map.entry("a few", 3), Map.entry("four", 4), Map.entry("five", 5),
            Map.entry("six", 6), Map.entry("seven", 7), Map.entry("eight", 8), Map.entry("nine", 9),
            Map.entry("ten", 10), Map.entry("eleven", 11), Map.entry("twelve", 12));
    private static final String COUNT = "(\\d{1,3}|a couple of|a few|an?|one|two|three|four|five|six|seven|eight|nine"
            + "|ten|eleven|twelve)";
    private static final String UNIT = "(day|week|month|year)s?";
    private static final String SEASON = "(spring|summer|autumn|fall|winter)";
    private static final int SEASON_MONTHS = 3;
    private static final int ABBREVIATION = 3;
    /// First months on the northern hemisphere.
    private static final Map<String, Integer> SEASONS = Map.of("spring", 3, "summer", 6, "autumn", 9, "fall", 9,
            "winter", 12);
    /// In order of precedence, the most precise first.
    private static final List<Rule> RULES = List.of(
            rule("(\\d{4})-(\\d{2})-(\\d{2})",
                    (found, _, _) -> LocalDate.of(whole(found, 1), whole(found, 2), whole(found, 3))),
            rule("(\\d{1,2})(?:st|nd|rd|th)?(?: of)? " + MONTHS + "(?:,? (\\d{4}))?",
                    (found, day, tense) -> date(found.group(3), month(found, 2), whole(found, 1), day, tense)),
            rule(MONTHS + " (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?",
                    (found, day, tense) -> date(found.group(3), month(found, 1), whole(found, 2), day, tense)),
            rule("(\\d{1,2})(?:st|nd|rd|th)? " + SHORT_MONTHS + "(?:,? (\\d{4}))?",
                    (found, day, tense) -> date(found.group(3), month(found, 2), whole(found, 1), day, tense)),
            rule(SHORT_MONTHS + " (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?",
                    (found, day, tense) -> date(found.group(3), month(found, 1), whole(found, 2), day, tense)),
            rule(MONTHS + ",? (\\d{4})", (found, _, _) -> LocalDate.of(whole(found, 2), month(found, 1), 1)),
            rule(SEASON + "(?: of)? (\\d{4})", (found, _, _) -> season(found.group(1), whole(found, 2))),
            rule("(in|since|last|during|next|this|until|by|early|late)(?: early| late)? " + MONTHS,
                    (found, day, tense) -> ofEveryYear(month(found, 2), day, Tense.of(found.group(1), tense))),
            rule("(?:the )?day before yesterday", (_, day, _) -> day.minusDays(2)),
            rule("(?:the )?day after tomorrow", (_, day, _) -> day.plusDays(2)),
            rule("yesterday|last night", (_, day, _) -> day.minusDays(1)),
            rule("today|tonight|this (?:morning|afternoon|evening)|" + COUNT + " (?:hours?|minutes?) ago",
                    (_, day, _) -> day),
            rule("tomorrow", (_, day, _) -> day.plusDays(1)),
            rule(COUNT + " " + UNIT + " ago",
                    (found, day, _) -> day.minus(count(found.group(1)), unit(found.group(2)))),
            rule("in " + COUNT + " " + UNIT + "(?: time)?",
                    (found, day, _) -> day.plus(count(found.group(1)), unit(found.group(2)))),
            rule("(last|this|next) weekend", (found, day, _) -> weekend(found.group(1), day)),
            rule("(last|this|next) (week|month|year)",
                    (found, day, _) -> startOf(unit(found.group(2)),
                            day.plus(direction(found.group(1)), unit(found.group(2))))),
            rule("(last|this|next|in|during|over)(?: the)? " + SEASON,
                    (found, day, tense) -> season(found.group(1), found.group(2), day, tense)),
            rule("(last|this|next|on|since|until|by|is|was|to) " + DAYS,
                    (found, day, tense) -> weekday(found.group(2), day, Tense.of(found.group(1), tense))),
            rule("(last|this|next|on) (mon|tue|tues|thu|thur|thurs|fri)",
                    (found, day, tense) -> weekday(found.group(2), day, Tense.of(found.group(1), tense))),
            // As words of their own: "he is sat on the sun".
            rule("(last|next) (wed|weds|sat|sun)",
                    (found, day, tense) -> weekday(found.group(2), day, Tense.of(found.group(1), tense))),
            rule("on the (\\d{1,2})(?:st|nd|rd|th)",
                    (found, day, tense) -> ofEveryMonth(whole(found, 1), day, tense)),
            rule("(?:in|since|from|during|back in|year) ((?:19|20)\\d{2})",
                    (found, _, _) -> LocalDate.of(whole(found, 1), 1, 1)));

    private TimeExpressions() {}

    /// Resolves a match.
    @FunctionalInterface
    private interface Resolution {
        LocalDate resolve(MatchResult found, LocalDate day, Tense tense);
    }

    private record Rule(Pattern words, Resolution resolution) {}

    private static Rule rule(String words, Resolution resolution) {
        return new Rule(Pattern.compile("\\b(?<!every )(?<!each )(?:" + words + ")\\b"), resolution);
    }

    /// Returns the first time in a text; empty when there is none.
    ///
    /// @param reference time of the message
    static Optional<Instant> resolve(String text, Instant reference) {
        String lower = text.toLowerCase(Locale.ROOT);
        LocalDate day = reference.atZone(ZoneOffset.UTC).toLocalDate();
        Tense tense = Tense.in(lower);
        for (Rule rule : RULES) {
            Matcher found = rule.words().matcher(lower);
            if (found.find()) {
                try {
                    return Optional.of(rule.resolution().resolve(found.toMatchResult(), day, tense)
                            .atStartOfDay(ZoneOffset.UTC).toInstant());
                } catch (DateTimeException _) {
                    // An invalid date such as 2024-13-40: the next rule follows.
                }
            }
        }
        return Optional.empty();
    }

    /// Returns the first day of the week, month or year of a day; the day itself for days.
    static LocalDate startOf(ChronoUnit unit, LocalDate day) {
        return switch (unit) {
            case WEEKS -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTHS -> day.withDayOfMonth(1);
            case YEARS -> day.withDayOfYear(1);
            default -> day;
        };
    }

    private static int whole(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static int month(MatchResult found, int group) {
        return startingWith(Month.values(), found.group(group)).getValue();
    }

    /// Returns the constant that has the same first three letters as a name or its abbreviation.
    private static <E extends Enum<E>> E startingWith(E[] constants, String name) {
        String first = name.substring(0, ABBREVIATION).toUpperCase(Locale.ROOT);
        return Arrays.stream(constants).filter(constant -> constant.name().startsWith(first)).findFirst().orElseThrow();
    }

    private static LocalDate date(@Nullable String year, int month, int dayOfMonth, LocalDate day, Tense tense) {
        if (year != null) {
            return LocalDate.of(Integer.parseInt(year), month, dayOfMonth);
        }
        LocalDate thisYear = LocalDate.of(day.getYear(), month, dayOfMonth);
        if (tense.ahead()) {
            return thisYear.isBefore(day) ? thisYear.plusYears(1) : thisYear;
        }
        return thisYear.isAfter(day) ? thisYear.minusYears(1) : thisYear;
    }

    private static LocalDate ofEveryYear(int month, LocalDate day, Tense tense) {
        LocalDate thisYear = LocalDate.of(day.getYear(), month, 1);
        if (tense.ahead()) {
            return thisYear.plusMonths(1).isAfter(day) ? thisYear : thisYear.plusYears(1);
        }
        return thisYear.isAfter(day) ? thisYear.minusYears(1) : thisYear;
    }

    private static LocalDate ofEveryMonth(int dayOfMonth, LocalDate day, Tense tense) {
        LocalDate thisMonth = day.withDayOfMonth(dayOfMonth);
        if (tense.ahead()) {
            return thisMonth.isBefore(day) ? day.plusMonths(1).withDayOfMonth(dayOfMonth) : thisMonth;
        }
        return thisMonth.isAfter(day) ? day.minusMonths(1).withDayOfMonth(dayOfMonth) : thisMonth;
    }

    private static LocalDate weekday(String name, LocalDate day, Tense tense) {
        DayOfWeek weekday = startingWith(DayOfWeek.values(), name);
        return day.with(tense.ahead() ? TemporalAdjusters.next(weekday) : TemporalAdjusters.previous(weekday));
    }

    private static int count(String words) {
        Integer known = COUNTS.get(words);
        return known != null ? known : Integer.parseInt(words);
    }

    private static ChronoUnit unit(String word) {
        return ChronoUnit.valueOf(word.toUpperCase(Locale.ROOT) + "S");
    }

    private static int direction(String word) {
        return switch (word) {
            case "last" -> -1;
            case "next" -> 1;
            default -> 0;
        };
    }

    private static LocalDate weekend(String which, LocalDate day) {
        LocalDate coming = day.with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
        return coming.plusWeeks(direction(which));
    }

    private static LocalDate season(String season, int year) {
        return LocalDate.of(year, SEASONS.getOrDefault(season, 1), 1);
    }

    /// Returns the latest season of a name that has ended, or the first one that has not begun.
    private static LocalDate season(String which, String name, LocalDate day, Tense tense) {
        LocalDate season = season(name, day.getYear());
        Tense wanted = Tense.of(which, tense);
        if (wanted.ahead()) {
            boolean running = which.equals("this") && season.plusMonths(SEASON_MONTHS).isAfter(day);
            return running || season.isAfter(day) ? season : season.plusYears(1);
        }
        return season.plusMonths(SEASON_MONTHS).isAfter(day) ? season.minusYears(1) : season;
    }
}
