package dev.memfuse.engine.memory.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.engine.words.WordForms;

/// Recognizes a speaker's name before a message, as logs of conversations have it: `Caroline: Thanks!`.
///
/// @param name name as it is written
/// @param length number of characters of the prefix
record SpeakerPrefix(String name, int length) {
    private static final Pattern PREFIX = Pattern.compile(
            "^\\s*(?!(?:Note|Correction|Update|Edit|Warning|Question|Answer|Reminder|Summary|Subject|Re|PS|TODO|Hint"
                    + "|Important|Example|Title|Date|Name|Address|Result|Error)\\b)"
                    + "(\\p{Lu}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’.-]*){0,2}): +(?=\\S)");

    /// Returns the prefix of a message; empty when it has none.
    static Optional<SpeakerPrefix> of(String message) {
        Matcher found = PREFIX.matcher(message);
        return found.find() ? Optional.of(new SpeakerPrefix(found.group(1), found.end())) : Optional.empty();
    }

    /// Returns the name as the subject of a claim.
    String subject() {
        return WordForms.caseFolded(name);
    }
}
