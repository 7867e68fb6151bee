package dev.memfuse.console.chart;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Shortens the text of a mark.
final class MarkText {
    private static final int MAX_LENGTH = 24;
    private static final Pattern CHANGE = Pattern.compile("([\\w.]+): .*? → ([^,]*?)(?: and (\\d+) more)?(,.*)?");
    private static final Pattern FURTHER = Pattern.compile(" → ");
    private static final Pattern MORE = Pattern.compile(" and (\\d+) more$");

    private MarkText() {}

    /// Shortens `buffer.bypass_mode: false → true` to `bypass on`, and several changes to the first one and the number
    /// of the others. Truncates other texts.
    static String shortOf(String text) {
        Matcher change = CHANGE.matcher(text);
        if (!change.matches()) {
            return cut(text);
        }
        int others = Math.max(0, (int) FURTHER.matcher(text).results().count() - 1);
        Matcher more = MORE.matcher(text);
        if (more.find()) {
            others += Integer.parseInt(more.group(1));
        }
        String first = cut(name(change.group(1)) + " " + value(change.group(2)));
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

    /// Truncates a text.
    static String cut(String text) {
        if (text.codePointCount(0, text.length()) <= MAX_LENGTH) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH - 1)) + "…";
    }
}
