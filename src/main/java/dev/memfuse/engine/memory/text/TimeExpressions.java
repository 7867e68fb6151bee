package dev.memfuse.engine.memory.text;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// Resolves time expressions relative to the time of the message: dates, months, years, days of the week, and
/// expressions such as yesterday, last week, two years ago. Results are in UTC, at the beginning of the day, month or
/// year. Ambiguous expressions refer to the past.
final class TimeExpressions {
    private static final String MONTHS = "(january|february|march|april|may|june|july|august|september|october|november"
            + "|december)";
    private static final String DAYS = "(monday|tuesday|wednesday|thursday|friday|saturday|sunday)";
    private static final Map<String, Integer> COUNTS = Map.ofEntries(Map.entry("a", 1), Map.entry("an", 1),
            Map.entry("one", 1), Map.entry("two", 2), Map.entry("a couple of", 2), Map.entry("three", 3),
            Map.entry("a few", 3), Map.entry("four", 4), Map.entry("five", 5), Map.entry("six", 6),
            Map.entry("seven", 7), Map.entry("eight", 8), Map.entry("nine", 9), Map.entry("ten", 10));
    private static final String COUNT = "(\\d{1,3}|a couple of|a few|an?|one|two|three|four|five|six|seven|eight|nine"
            + "|ten)";
    private static final String UNIT = "(day|week|month|year)s?";
    /// In order of precedence, the most precise first.
    private static final List<Rule> RULES = List.of(
            rule("(\\d{4})-(\\d{2})-(\\d{2})",
                    (found, _) -> LocalDate.of(whole(found, 1), whole(found, 2), whole(found, 3))),
            rule("(\\d{1,2})(?:st|nd|rd|th)?(?: of)? " + MONTHS + "(?:,? (\\d{4}))?",
                    (found, reference) -> date(found.group(3), month(found, 2), whole(found, 1), reference)),
            rule(MONTHS + " (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?",
                    (found, reference) -> date(found.group(3), month(found, 1), whole(found, 2), reference)),
            rule(MONTHS + ",? (\\d{4})", (found, _) -> LocalDate.of(whole(found, 2), month(found, 1), 1)),
            rule("(?:in|since|last|during) " + MONTHS, (found, reference) -> date(null, month(found, 1), 1, reference)),
            rule("day before yesterday", (_, reference) -> reference.minusDays(2)),
            rule("day after tomorrow", (_, reference) -> reference.plusDays(2)),
            rule("yesterday|last night", (_, reference) -> reference.minusDays(1)),
            rule("today|tonight|this (?:morning|afternoon|evening)", (_, reference) -> reference),
            rule("tomorrow", (_, reference) -> reference.plusDays(1)), rule(COUNT + " " + UNIT + " ago",
                    (found, reference) -> reference.minus(count(found.group(1)), unit(found.group(2)))),
            rule("in " + COUNT + " " + UNIT + "(?: time)?",
                    (found, reference) -> reference.plus(count(found.group(1)), unit(found.group(2)))),
            rule("(last|this|next) weekend", (found, reference) -> weekend(found.group(1), reference)),
            rule("(last|this|next) (week|month|year)",
                    (found, reference) -> period(found.group(1), found.group(2), reference)),
            rule("(last|this|next|on|since)? ?" + DAYS,
                    (found, reference) -> day(found.group(1), found.group(2), reference)),
            rule("(?:in|since|from|during|back in|year) ((?:19|20)\\d{2})",
                    (found, _) -> LocalDate.of(whole(found, 1), 1, 1)));

    private TimeExpressions() {}

    private record Rule(Pattern words, BiFunction<MatchResult, LocalDate, LocalDate> resolve) {}

    private static Rule rule(String words, BiFunction<MatchResult, LocalDate, LocalDate> resolve) {
        return new Rule(Pattern.compile("\\b(?:" + words + ")\\b"), resolve);
    }

    /// Returns the first time in a text; empty when there is none.
    ///
    /// @param reference time of the message
    static Optional<Instant> resolve(String text, Instant reference) {
        String lower = text.toLowerCase(Locale.ROOT);
        LocalDate day = reference.atZone(ZoneOffset.UTC).toLocalDate();
        for (Rule rule : RULES) {
            Matcher found = rule.words().matcher(lower);
            if (found.find()) {
                try {
                    return Optional.of(rule.resolve().apply(found.toMatchResult(), day).atStartOfDay(ZoneOffset.UTC)
                            .toInstant());
                } catch (DateTimeException _) {
                    // An invalid date such as 2024-13-40: the next rule follows.
                }
            }
        }
        return Optional.empty();
    }

    private static int whole(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static int month(MatchResult found, int group) {
        return Month.valueOf(found.group(group).toUpperCase(Locale.ROOT)).getValue();
    }

    private static LocalDate date(@Nullable String year, int month, int day, LocalDate reference) {
        if (year != null) {
            return LocalDate.of(Integer.parseInt(year), month, day);
        }
        LocalDate thisYear = LocalDate.of(reference.getYear(), month, day);
        return thisYear.isAfter(reference) ? thisYear.minusYears(1) : thisYear;
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

    private static LocalDate period(String which, String unit, LocalDate reference) {
        LocalDate inside = reference.plus(direction(which), unit(unit));
        return switch (unit) {
            case "week" -> inside.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "month" -> inside.withDayOfMonth(1);
            default -> inside.withDayOfYear(1);
        };
    }

    private static LocalDate weekend(String which, LocalDate reference) {
        LocalDate coming = reference.with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
        return coming.plusWeeks(direction(which));
    }

    private static LocalDate day(@Nullable String which, String name, LocalDate reference) {
        DayOfWeek day = DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
        boolean ahead = "next".equals(which) || "this".equals(which);
        return reference.with(ahead ? TemporalAdjusters.next(day) : TemporalAdjusters.previous(day));
    }
}
