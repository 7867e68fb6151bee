package dev.memfuse.engine.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// Words before a date that make another period of it, such as "the week before" or "the end of".
///
/// @param words end of the text before the date
/// @param change returns the other period
record TimeModifier(Pattern words, BiFunction<MatchResult, Period, Period> change) {
    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth");
    private static final int SHORTEST_WITH_PARTS = 28;
    /// "By May" and "until May" mean the state at that time, which is mentioned in the weeks before.
    private static final int WEEKS_OF_A_STATE = 2;
    private static final int WEEK = 7;
    /// In order of precedence.
    private static final List<TimeModifier> ALL = List.of(
            new TimeModifier(end("(?:(" + TimeWords.COUNT + ") )?(day|night|week|weekend|month|year|"
                    + TimeWords.WEEKDAY + ")s? (before|prior to|after|following)"), TimeModifier::beside),
            new TimeModifier(end("(first|second|third|fourth|fifth|last|final) (day|week|weekend|half|month|"
                    + TimeWords.WEEKDAY + ")s?(?: of| in)?"), TimeModifier::part),
            new TimeModifier(end("week(?:end)? of"), (_, date) -> week(date)),
            new TimeModifier(end("(early|beginning|start|late|end|mid|middle)(?: of| in)?"), TimeModifier::third),
            new TimeModifier(end("(before|prior to|after|since|until|till|by|up to)"), TimeModifier::bound));

    private static Pattern end(String words) {
        return Pattern.compile("\\b" + words + "[ -](?:the )?$");
    }

    /// Returns the period that a date and the words before it name.
    static Period apply(String before, Period date) {
        for (TimeModifier modifier : ALL) {
            Matcher matcher = modifier.words.matcher(before);
            if (matcher.find()) {
                return modifier.change.apply(matcher, date);
            }
        }
        return date;
    }

    /// Returns a time before or after a date: "the week before", "two months after", "the Sunday before".
    private static Period beside(MatchResult found, Period date) {
        boolean before = found.group(3).equals("before") || found.group(3).equals("prior to");
        String unit = found.group(2);
        int days = switch (unit) {
            case "day", "night" -> 1;
            case "week", "weekend" -> WEEK;
            case "month" -> 30;
            case "year" -> 365;
            default -> 0;
        };
        @Nullable
        String count = found.group(1);
        if (days == 0) {
            DayOfWeek weekday = TimeWords.weekday(unit);
            LocalDate last = LocalDate.ofEpochDay(date.until() - 1);
            return Period.day(before
                    ? date.first().with(TemporalAdjusters.previous(weekday))
                    : last.with(TemporalAdjusters.next(weekday)));
        }
        if (count == null) {
            return before ? new Period(date.from() - days, date.from()) : new Period(date.until(), date.until() + days);
        }
        long distance = (long) TimeWords.count(count) * days;
        long middle = before ? date.from() - distance : date.until() - 1 + distance;
        return new Period(middle - days / 2, middle + days / 2 + 1);
    }

    /// Returns a numbered part: "the second week of", "the first half of", "the last Friday of".
    private static Period part(MatchResult found, Period date) {
        long length = date.until() - date.from();
        if (length < SHORTEST_WITH_PARTS) {
            return date;
        }
        int ordinal = ORDINALS.indexOf(found.group(1));
        boolean last = ordinal < 0;
        return switch (found.group(2)) {
            case "day" -> piece(date, ordinal, 1);
            case "week" -> piece(date, ordinal, WEEK);
            case "half" -> ordinal == 0
                    ? new Period(date.from(), date.from() + length / 2)
                    : new Period(date.from() + length / 2, date.until());
            case "month" -> {
                LocalDate month = last
                        ? LocalDate.ofEpochDay(date.until()).minusMonths(1)
                        : date.first().plusMonths(ordinal);
                yield Period.of(month, month.plusMonths(1));
            }
            case "weekend" -> weekday(date, DayOfWeek.SATURDAY, ordinal, 2);
            default -> weekday(date, TimeWords.weekday(found.group(2)), ordinal, 1);
        };
    }

    private static Period piece(Period date, int ordinal, int days) {
        return ordinal < 0
                ? new Period(date.until() - days, date.until())
                : new Period(date.from() + (long) ordinal * days, date.from() + (ordinal + 1L) * days);
    }

    private static Period weekday(Period date, DayOfWeek weekday, int ordinal, int days) {
        long day = ordinal < 0
                ? LocalDate.ofEpochDay(date.until()).with(TemporalAdjusters.previous(weekday)).toEpochDay()
                : date.first().with(TemporalAdjusters.nextOrSame(weekday)).toEpochDay() + (long) ordinal * WEEK;
        return new Period(day, day + days);
    }

    private static Period week(Period date) {
        LocalDate monday = date.first().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return Period.of(monday, monday.plusWeeks(1));
    }

    /// Returns the first, second or last third.
    private static Period third(MatchResult found, Period date) {
        long third = (date.until() - date.from()) / 3;
        return switch (found.group(1)) {
            case "early", "beginning", "start" -> new Period(date.from(), date.from() + Math.max(1, third));
            case "late", "end" -> new Period(date.until() - Math.max(1, third), date.until());
            default -> new Period(date.from() + third, date.until() - third);
        };
    }

    private static Period bound(MatchResult found, Period date) {
        return switch (found.group(1)) {
            case "before", "prior to" -> new Period(Period.START, date.from());
            case "after" -> new Period(date.until(), Period.END);
            case "since" -> new Period(date.from(), Period.END);
            default -> new Period(date.from() - (long) WEEKS_OF_A_STATE * WEEK, date.until());
        };
    }
}
