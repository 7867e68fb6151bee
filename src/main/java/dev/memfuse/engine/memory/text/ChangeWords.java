package dev.memfuse.engine.memory.text;

import java.util.List;
import java.util.regex.Pattern;

/// Recognizes statements that speak of a change or correct an earlier one, by the file `change.patterns`. Thread-safe.
public final class ChangeWords {
    private static final List<Pattern> PATTERNS = ResourceLines.of("change.patterns").stream()
            .map(line -> Pattern.compile(line, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)).toList();

    private ChangeWords() {}

    /// Returns whether a statement has such words.
    public static boolean areIn(String statement) {
        return PATTERNS.stream().anyMatch(pattern -> pattern.matcher(statement).find());
    }
}
