package dev.memfuse.engine.time;

import java.util.Locale;
import java.util.regex.Pattern;

/// Recognizes texts that state a time, and questions that ask for one. English.
public final class TimeMention {
    private static final String UNIT = "(?:second|minute|hour|day|night|morning|evening|weekend|week|month|year|decade"
            + "|" + TimeWords.SEASON + "|season)s?";
    /// Without a preposition, "may" and "march" are verbs more often than months.
    private static final Pattern STATED = Pattern.compile("\\b(?:yesterday|today|tonight|tomorrow|recently|lately"
            + "|(?:last|this|past|next|previous|coming|every|each|other|same) (?:\\w{1,20}+ )?(?:" + UNIT + "|"
            + TimeWords.WEEKDAY + "|" + TimeWords.MONTH + ")"
            + "|" + TimeWords.COUNT + "(?: more)? " + UNIT
            + "|(?:on|since|until|by) " + TimeWords.WEEKDAY
            + "|(?:in|since|of|on|by|until|early|late|mid|during) (?:march|may)"
            + "|january|february|april|june|july|august|september|october|november|december"
            + "|" + TimeWords.YEAR + "|\\d{1,2}(?:st|nd|rd|th))\\b");
    private static final Pattern ASKED = Pattern.compile("^\\W*when\\b"
            + "|\\b(?:what|which) (?:year|month|date|day|week|weekend|season|time)\\b"
            + "|\\bhow (?:long|many (?:years|months|weeks|days))\\b|\\bsince when\\b");

    private TimeMention() {}

    /// Returns whether a text states a date, a duration or a time relative to its own.
    public static boolean isStatedIn(String text) {
        return STATED.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    /// Returns whether a question asks for a date or a duration.
    public static boolean isAskedBy(String question) {
        return ASKED.matcher(question.toLowerCase(Locale.ROOT)).find();
    }
}
