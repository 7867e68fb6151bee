package dev.memfuse.engine.time;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The times that a question names: dates, months, seasons and years, their parts ("the second week of May", "late
/// 2022"), times before or after them, ranges, and times relative to today. English; immutable.
public final class QuestionTimes {
    /// Dates without a year are looked for in at most this number of years.
    private static final int MAX_YEARS = 100;
    private static final Pattern RANGE = Pattern.compile(" ?[-\u2013\u2014] ?| (?:to|until|till|through) (?:the )?");
    private static final Pattern BETWEEN = Pattern.compile(" and (?:the )?");
    private static final Pattern RANGE_START = Pattern.compile("\\b(?:between|from) (?:the )?$");

    private final String text;
    private final List<DateExpression> dates;

    private QuestionTimes(String text, List<DateExpression> dates) {
        this.text = text;
        this.dates = dates;
    }

    /// Finds the times in a question.
    public static QuestionTimes in(String question) {
        String text = question.toLowerCase(Locale.ROOT);
        List<DateExpression> found = DateExpression.in(text);
        List<DateExpression> absolute = found.stream().filter(Predicate.not(DateExpression::isRelative)).toList();
        // "What did she read last week, as mentioned on 6 May?": last week is relative to the date, not to today.
        return new QuestionTimes(text, absolute.isEmpty() ? found : absolute);
    }

    /// Returns whether the question names no time.
    public boolean isEmpty() {
        return dates.isEmpty();
    }

    /// Returns the periods that the question names, at least one unless there is no such date.
    ///
    /// @param today reference of relative times
    /// @param firstYear first year of the memory; a date without a year is that of each year of the memory
    /// @param lastYear last year of the memory
    public List<Period> periods(LocalDate today, int firstYear, int lastYear) {
        List<Period> periods = new ArrayList<>();
        for (int i = 0; i < dates.size(); i++) {
            DateExpression date = dates.get(i);
            Optional<DateExpression> end = i + 1 < dates.size() && isRange(date, dates.get(i + 1))
                    ? Optional.of(dates.get(i + 1))
                    : Optional.empty();
            for (int year : years(i, firstYear, lastYear)) {
                date.resolve(today, year).flatMap(period -> end.isPresent()
                        ? end.get().resolve(today, year).filter(last -> last.until() > period.from())
                                .map(last -> new Period(period.from(), last.until()))
                        : Optional.of(TimeModifier.apply(text.substring(0, date.start()), period)))
                        .ifPresent(periods::add);
            }
            i += end.isPresent() ? 1 : 0;
        }
        return List.copyOf(periods);
    }

    /// Returns the years of a date: its own, that of the next date ("from March to May 2023"), or all.
    private int[] years(int index, int firstYear, int lastYear) {
        if (!dates.get(index).isOfEveryYear()) {
            return new int[]{lastYear};
        }
        return dates.stream().skip(index).map(DateExpression::year).flatMap(Optional::stream).findFirst()
                .map(year -> new int[]{year})
                .orElseGet(() -> IntStream.rangeClosed(Math.max(firstYear, lastYear - MAX_YEARS), lastYear).toArray());
    }

    private boolean isRange(DateExpression from, DateExpression to) {
        String between = text.substring(from.end(), to.start());
        return RANGE.matcher(between).matches() || (BETWEEN.matcher(between).matches()
                && RANGE_START.matcher(text.substring(0, from.start())).find());
    }
}
