package dev.memfuse.server.mcp.tool;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import dev.memfuse.config.schema.TypedText;

/// Texts of results. A result is read by a language model, whose context it fills: entries are cut and times are short.
final class Lines {
    /// Length at which an entry is cut, in characters.
    static final int SHORT = 300;

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Lines() {}

    /// Returns a text as one line, cut unless it is wanted whole.
    static String entry(String text, boolean whole) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        return whole ? line : TypedText.excerpt(line, SHORT);
    }

    /// Returns a time to the minute, in UTC.
    static String time(Instant time) {
        return MINUTE.format(time);
    }

    /// Returns a number with its noun: `1 message`, `2 messages`.
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
