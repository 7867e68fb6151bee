package dev.memfuse.engine.memory.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time relative to the message, or a year, in a [Rules] file.
///
/// @param amount distance from the day of the message
/// @param unit unit of the distance; `FOREVER` when the first group of the words is a year
record RelativeTime(long amount, ChronoUnit unit, Pattern words) {

    /// Parses `AMOUNT UNIT`, or `year`.
    static RelativeTime parse(String head, Pattern words) {
        String[] parts = head.split(" ");
        return parts.length == 1
                ? new RelativeTime(0, ChronoUnit.FOREVER, words)
                : new RelativeTime(Long.parseLong(parts[0]), ChronoUnit.valueOf(parts[1]), words);
    }

    /// Returns the day in a text; the first of a week, month or year.
    Optional<LocalDate> in(String text, LocalDate today) {
        Matcher found = words.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(unit == ChronoUnit.FOREVER
                    ? LocalDate.of(Integer.parseInt(found.group(1)), 1, 1)
                    : TimeExpressions.startOf(unit, today.plus(amount, unit)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
