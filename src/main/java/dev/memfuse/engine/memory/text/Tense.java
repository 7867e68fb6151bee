package dev.memfuse.engine.memory.text;

import java.util.regex.Pattern;

/// Whether a text speaks of the past, the present or the future, by its English verbs. "My exam is on Friday" means the
/// next Friday, "I met Anna on Friday" the last one.
enum Tense {
    PAST,
    PRESENT,
    FUTURE;

    private static final Pattern SHIFTED = Pattern.compile(
            "\\b(?:moved|postponed|rescheduled|changed|pushed|shifted|brought forward) to (?=.*\\b(?:monday|tuesday"
                    + "|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august"
                    + "|september|october|november|december|the \\d))");
    private static final Pattern AHEAD = Pattern.compile(
            "\\b(?:will|going to|plan(?:s|ning)? to|planned to|intend to|decided to|want(?:s|ed)? to|hop(?:e|ing) to"
                    + "|expecting|scheduled|due|is (?:set|planned)|supposed to)\\b|['’]ll\\b"
                    + "|(?:\\b(?:am|is|are)|['’](?:m|re|s)) (?:\\w+ly )?(?!being)\\w{2,}ing\\b");
    private static final Pattern BEHIND = Pattern.compile(
            "\\b(?:was|were|did|had|been|went|met|saw|got|bought|sold|won|lost|broke|built|came|became|began|brought"
                    + "|caught|chose|cut|drove|ate|fell|felt|flew|found|gave|grew|heard|hurt|kept|left|made|paid|quit"
                    + "|ran|read|sang|slept|spent|spoke|swam|taught|told|took|threw|tore|wrote|woke|wore|won|began"
                    + "|hit|held|led|learnt|put|rode|sent|sat|stood|stole|thought|understood"
                    + "|(?!(?:excited|tired|married|divorced|engaged|retired|scared|interested|worried|called"
                    + "|named|allowed|based|need|feed|indeed|speed|wedding)\\b)[a-z]{2,}ed)\\b");

    /// Returns the tense of a text in lower case.
    static Tense in(String text) {
        if (SHIFTED.matcher(text).find() && text.matches(".*\\b(?:was|been|is|got|were)\\b.*")) {
            return FUTURE;
        }
        if (AHEAD.matcher(text).find()) {
            return FUTURE;
        }
        return BEHIND.matcher(text).find() ? PAST : PRESENT;
    }

    /// Returns the direction of an expression that begins with a word, in a text of a tense.
    static Tense of(String word, Tense text) {
        return switch (word) {
            case "last", "since", "was" -> PAST;
            case "next", "this", "until", "by" -> FUTURE;
            default -> text;
        };
    }

    /// Returns whether a time without a direction lies ahead.
    boolean ahead() {
        return this != PAST;
    }
}
