package dev.memfuse.console.chart;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Shortens the text of a mark.
final class MarkText {
    /// Length of the longest text, in characters: that of a note.
    private static final int LONGEST = 120;
    private static final Pattern CHANGE = Pattern.compile("([\\w.]+): .*? → ([^,]*?)(?: and (\\d+) more)?(,.*)?");
    private static final Pattern FURTHER = Pattern.compile(" → ");
    private static final Pattern MORE = Pattern.compile(" and (\\d+) more$");

    private static final Pattern SEVERAL = Pattern.compile("(\\d+ marks) since [\\d:]+, the last: (.*)");

    private MarkText() {}

    /// Returns the text of several marks in one place.
    ///
    /// @param begin time of the first one
    static String several(int count, String begin, String last) {
        return count + " marks since " + begin + ", the last: " + last;
    }

    /// Returns the text of the last one of [#several], else the text itself.
    static String lastOf(String text) {
        Matcher several = SEVERAL.matcher(text);
        return several.matches() ? several.group(2) : text;
    }

    /// Shortens `buffer.bypass_mode: false → true` to `bypass on`, and several changes to the first one and the number
    /// of the others. Of several marks, the number and the last one remain. Truncates a very long text.
    static String shortOf(String text) {
        Matcher several = SEVERAL.matcher(text);
        if (several.matches()) {
            return several.group(1) + ", the last: " + shortOf(several.group(2));
        }
        Matcher change = CHANGE.matcher(text);
        if (!change.matches()) {
            return cut(text, LONGEST);
        }
        int others = Math.max(0, (int) FURTHER.matcher(text).results().count() - 1);
        Matcher more = MORE.matcher(text);
        if (more.find()) {
            others += Integer.parseInt(more.group(1));
        }
        String first = cut(name(change.group(1)) + " " + value(change.group(2)), LONGEST);
        return others == 0 ? first : first + " +" + others;
    }

    private static String name(String key) {
        String[] parts = key.split("\\.", -1);
        String last = parts[parts.length - 1];
        if (last.equals("enabled") && parts.length > 1) {
            last = parts[parts.length - 2];
        }
        return last.replaceFirst("_(mode|enabled)$", "").replace('_', ' ');
    }

    private static String value(String raw) {
        return switch (raw) {
            case "true" -> "on";
            case "false" -> "off";
            default -> raw;
        };
    }

    /// Truncates a text, between characters and not within one.
    ///
    /// @param most maximum number of characters, with that of the ellipsis
    static String cut(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - 1))).stripTrailing() + "…";
    }
}
