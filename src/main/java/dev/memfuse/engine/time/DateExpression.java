package dev.memfuse.engine.time;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// A day, month, season, year, or time relative to today, as it stands in a text.
record DateExpression(MatchResult found) {
    /// A month without a year, after a word that makes it a month: "may" and "march" are verbs, "april" and "june"
    /// names.
    private static final String MONTH_ALONE = "(?<=\\b(?:in|of|during|since|by|until|till|this|early|late|mid|before"
            + "|after|around|next|last)[ -](?:the )?)(?<month>" + TimeWords.MONTH + ")"
            + "|(?<=\\b(?:and|to|or|from|between|for) )(?!may|mar)(?<othermonth>" + TimeWords.MONTH + ")";
    private static final String RELATIVE = "(?<daybefore>day before yesterday)|(?<yesterday>yesterday|last night)"
            + "|(?<today>today|tonight|this (?:morning|afternoon|evening))|(?<tomorrow>tomorrow)"
            + "|(?<ago>" + TimeWords.COUNT + ") (?<agounit>day|week|weekend|month|year)s? ago"
            + "|(?<which>last|past|this|next) (?<unit>week|weekend|month|year|" + TimeWords.SEASON + "|"
            + TimeWords.WEEKDAY + ")\\b(?! (?:of|in|before|after)\\b)";
    private static final Pattern EXPRESSION = Pattern.compile("\\b(?:(?<iso>\\d{4}-\\d\\d-\\d\\d)"
            + "|(?<dmday>" + TimeWords.DAY_OF_MONTH + ")(?: of)? (?<dmmonth>" + TimeWords.MONTH + ")(?:,? ?(?<dmyear>"
            + TimeWords.YEAR + "))?"
            + "|(?<mdmonth>" + TimeWords.MONTH + ") (?<mdday>" + TimeWords.DAY_OF_MONTH + ")(?![\\d:])"
            + "(?:,? ?(?<mdyear>" + TimeWords.YEAR + "))?"
            + "|(?<mymonth>" + TimeWords.MONTH + ")(?: of)?,? (?<myyear>" + TimeWords.YEAR + ")"
            + "|(?<syseason>" + TimeWords.SEASON + ")(?: of)?,? (?<syyear>" + TimeWords.YEAR + ")"
            + "|(?<year>" + TimeWords.YEAR + ")|" + RELATIVE + "|" + MONTH_ALONE
            + "|(?<=\\b(?:in|during|over|of) (?:the )?)(?<season>" + TimeWords.SEASON + "))(?!\\w)");
    private static final List<String> YEARS = List.of("dmyear", "mdyear", "myyear", "syyear", "year");

    /// Returns the expressions in a text in lower case, in their order.
    static List<DateExpression> in(String text) {
        return EXPRESSION.matcher(text).results().map(DateExpression::new).toList();
    }

    private @Nullable String group(String name) {
        return found.group(name);
    }

    private boolean has(String name) {
        return group(name) != null;
    }

    int start() {
        return found.start();
    }

    int end() {
        return found.end();
    }

    /// Returns the year that it names; empty when it is a date of every year or relative.
    Optional<Integer> year() {
        return YEARS.stream().map(this::group).filter(year -> year != null).findFirst().map(Integer::valueOf);
    }

    /// Returns whether it is relative to today.
    boolean isRelative() {
        return has("daybefore") || has("yesterday") || has("today") || has("tomorrow") || has("ago") || has("which");
    }

    /// Returns whether it is a date without a year.
    boolean isOfEveryYear() {
        return !isRelative() && !has("iso") && year().isEmpty();
    }

    /// Returns the period; empty when there is no such date.
    ///
    /// @param today reference of a relative expression
    /// @param ofYear year of a date that names none
    Optional<Period> resolve(LocalDate today, int ofYear) {
        try {
            return Optional.of(isRelative() ? relative(today) : absolute(year().orElse(ofYear)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private Period absolute(int year) {
        String iso = group("iso");
        if (iso != null) {
            return Period.day(LocalDate.parse(iso));
        }
        for (List<String> names : List.of(List.of("dmmonth", "dmday"), List.of("mdmonth", "mdday"))) {
            String month = group(names.getFirst());
            String day = group(names.getLast());
            if (month != null && day != null) {
                return Period.day(LocalDate.of(year, TimeWords.month(month),
                        Integer.parseInt(day.replaceAll("\\D", ""))));
            }
        }
        for (String name : List.of("mymonth", "month", "othermonth")) {
            String month = group(name);
            if (month != null) {
                return Period.month(year, TimeWords.month(month));
            }
        }
        for (String name : List.of("syseason", "season")) {
            String season = group(name);
            if (season != null) {
                return season(season, year);
            }
        }
        return Period.year(year);
    }

    private static Period season(String season, int year) {
        LocalDate first = LocalDate.of(year, TimeWords.firstMonth(season), 1);
        return Period.of(first, first.plusMonths(3));
    }

    private Period relative(LocalDate today) {
        String ago = group("ago");
        String agoUnit = group("agounit");
        if (ago != null && agoUnit != null) {
            return around(today, TimeWords.count(ago), agoUnit);
        }
        String which = group("which");
        String unit = group("unit");
        if (which != null && unit != null) {
            int direction = switch (which) {
                case "next" -> 1;
                case "this" -> 0;
                default -> -1;
            };
            return of(unit, direction, today);
        }
        return Period.day(today.plusDays(has("daybefore") ? -2 : has("yesterday") ? -1 : has("tomorrow") ? 1 : 0));
    }

    /// Returns the days around a time in the past: "two weeks ago" is a matter of days, "two years ago" of months.
    private static Period around(LocalDate today, int count, String unit) {
        return switch (unit) {
            case "day" -> Period.day(today.minusDays(count));
            case "month" -> Period.of(today.minusMonths(count).minusDays(15), today.minusMonths(count).plusDays(16));
            case "year" -> Period.year(today.minusYears(count).getYear());
            default -> Period.of(today.minusWeeks(count).minusDays(3), today.minusWeeks(count).plusDays(4));
        };
    }

    private static Period of(String unit, int direction, LocalDate today) {
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return switch (unit) {
            case "week" -> Period.of(monday.plusWeeks(direction), monday.plusWeeks(direction + 1));
            case "weekend" -> Period.of(monday.plusWeeks(direction).plusDays(5), monday.plusWeeks(direction + 1));
            case "month" -> Period.month(today.plusMonths(direction).getYear(),
                    today.plusMonths(direction).getMonthValue());
            case "year" -> Period.year(today.getYear() + direction);
            case "spring", "summer", "fall", "autumn", "winter" -> season(unit, direction, today);
            default -> Period.day(direction < 0
                    ? today.with(TemporalAdjusters.previous(TimeWords.weekday(unit)))
                    : today.with(TemporalAdjusters.next(TimeWords.weekday(unit))));
        };
    }

    /// Returns the season of this year, the latest one that has ended, or the first one that has not begun.
    private static Period season(String season, int direction, LocalDate today) {
        int year = today.getYear();
        long day = today.toEpochDay();
        if (direction < 0 && season(season, year).until() > day) {
            year--;
        } else if (direction > 0 && season(season, year).from() <= day) {
            year++;
        }
        return season(season, year);
    }
}
