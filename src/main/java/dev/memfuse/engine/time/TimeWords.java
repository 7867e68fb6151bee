package dev.memfuse.engine.time;

import java.time.DayOfWeek;
import java.time.Month;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// English words for times, lower case, as parts of regular expressions and as values.
final class TimeWords {
    static final String MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november"
            + "|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b\\.?)";
    static final String WEEKDAY = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)";
    static final String SEASON = "(?:spring|summer|fall|autumn|winter)";
    static final String YEAR = "(?:19|20)\\d\\d";
    static final String DAY_OF_MONTH = "(?:3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)?";
    static final String COUNT = "(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
            + "|(?:a )?(?:few|couple(?: of)?)|several)";

    private static final List<String> COUNTS = List.of("zero", "one", "two", "three", "four", "five", "six", "seven",
            "eight", "nine", "ten", "eleven", "twelve");
    /// First month of each season on the northern hemisphere.
    private static final Map<String, Integer> SEASONS = Map.of("spring", 3, "summer", 6, "fall", 9, "autumn", 9,
            "winter", 12);
    private static final int LETTERS_OF_A_MONTH = 3;
    private static final Map<String, Integer> MONTHS = Arrays.stream(Month.values())
            .collect(Collectors.toMap(month -> month.name().substring(0, LETTERS_OF_A_MONTH), Month::getValue));

    private TimeWords() {}

    /// Returns the number of a month, 1..12.
    static int month(String word) {
        return MONTHS.getOrDefault(word.substring(0, LETTERS_OF_A_MONTH).toUpperCase(Locale.ROOT), 0);
    }

    /// Returns the number of the first month of a season, 1..12; it has three months.
    static int firstMonth(String season) {
        return SEASONS.getOrDefault(season, 0);
    }

    static DayOfWeek weekday(String word) {
        return DayOfWeek.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Returns the value of a [#COUNT].
    static int count(String words) {
        if (Character.isDigit(words.charAt(0))) {
            return Integer.parseInt(words);
        }
        if (words.contains("couple")) {
            return 2;
        }
        if (words.contains("few") || words.equals("several")) {
            return 3;
        }
        return Math.max(1, COUNTS.indexOf(words));
    }
}
