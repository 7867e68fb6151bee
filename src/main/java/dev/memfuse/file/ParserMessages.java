package dev.memfuse.file;

import java.util.regex.Pattern;

/// Messages of the JSON parser for people.
public final class ParserMessages {
    /// Such a place names the settings of the library, and none of the text.
    private static final Pattern SOURCE = Pattern.compile("\\s*\\([^()\\[\\]]*\\[Source:[^\\[\\]]*]\\)");

    private ParserMessages() {}

    /// Returns the message without the places that the parser itself does not know.
    ///
    /// @param message message of the parser, without its own place
    public static String withoutSource(String message) {
        return SOURCE.matcher(message).replaceAll("");
    }
}
