package dev.memfuse.engine.memory.time;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/// A rule of a [TimeRules] file.
///
/// @param kind what its words mean
/// @param amount number of the kind: distance in units, or `month * 100 + day` of a feast
/// @param unit unit of the amount; `FOREVER` where the words name it, or without a unit
record TimeRule(Kind kind, int amount, ChronoUnit unit, Pattern words) {
    private static final int MONTH = 100;

    /// What the words of a rule mean.
    enum Kind {
        /// No time: a habit, a duration, a time relative to something else.
        NONE,
        /// A date, with or without a year.
        DATE,
        /// A date in digits whose order shows only when one of them is above 12.
        NUMERIC,
        /// A month of a year, or of every year.
        MONTH,
        /// A season of a year, or of every year.
        SEASON,
        /// A feast on the same date of every year.
        FEAST,
        /// A feast a number of days after Easter Sunday.
        EASTER,
        /// A weekday.
        WEEKDAY,
        /// Saturday and Sunday.
        WEEKEND,
        /// A day of a month that is not named.
        MONTHDAY,
        /// A number of days, weeks, months or years before the message.
        AGO,
        /// A number of days, weeks, months or years after the message.
        LATER,
        /// The same, or a duration in the past tense, which is no time: "in two weeks".
        WITHIN,
        /// The day, week, month or year at a distance.
        SHIFT,
        /// A year.
        YEAR,
        /// A decade.
        DECADE
    }

    /// Parses `KIND`, `KIND UNIT`, `KIND AMOUNT UNIT`, `feast MM-DD` or `easter DAYS`.
    static TimeRule parse(String head, Pattern words) {
        String[] parts = head.split(" ");
        Kind kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT));
        if (parts.length == 1) {
            return new TimeRule(kind, 0, ChronoUnit.FOREVER, words);
        }
        if (kind == Kind.FEAST) {
            return new TimeRule(kind, Integer.parseInt(parts[1].replace("-", "")), ChronoUnit.FOREVER, words);
        }
        return new TimeRule(kind, Integer.parseInt(parts[1]),
                parts.length > 2 ? ChronoUnit.valueOf(parts[2]) : ChronoUnit.FOREVER, words);
    }

    int feastMonth() {
        return amount / MONTH;
    }

    int feastDay() {
        return amount % MONTH;
    }
}
