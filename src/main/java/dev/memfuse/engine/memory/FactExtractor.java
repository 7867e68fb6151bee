package dev.memfuse.engine.memory;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds the sentences of a message that state something worth remembering, by rules: the kind of the statement by its
/// words, the names in it by their capital letter. The confidence rises with length and with a clear kind.
final class FactExtractor {
    private static final int MIN_LENGTH = 20;
    private static final int LONG = 50;
    private static final int MAX_ENTITIES = 5;
    /// In the order in which a sentence is tried; the first that fits names its kind.
    private static final List<Kind> KINDS = List.of(
            kind("preference",
                    "like|likes|love|loves|prefer|prefers|enjoy|enjoys|hate|hates|favorite|favourite|fan of"),
            kind("decision", "decided|decide|chose|choose|going to|plan to|planning|will start|signed up|agreed"),
            kind("temporal",
                    "yesterday|today|tomorrow|last (?:week|month|year|night)|next (?:week|month|year)|since|ago|\\d{4}"),
            kind("personal", "my|i am|i'm|i was|i have|i've|we have|we've|born|live|lives|work as|works as|moved"));
    private static final Pattern NAME = Pattern.compile("(?<![.!?]\\s)(?<!^)\\b\\p{Lu}\\p{Ll}+(?:\\s\\p{Lu}\\p{Ll}+)*");

    /// A statement found.
    record Statement(String content, String type, double confidence, List<String> entities) {}

    private record Kind(String type, Pattern words) {}

    private static Kind kind(String type, String alternatives) {
        return new Kind(type, Pattern.compile("\\b(?:" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE));
    }

    List<Statement> extract(String message) {
        List<Statement> found = new ArrayList<>();
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        sentences.setText(message);
        int start = sentences.first();
        for (int end = sentences.next(); end != BreakIterator.DONE; start = end, end = sentences.next()) {
            String sentence = message.substring(start, end).strip();
            if (sentence.length() >= MIN_LENGTH && !sentence.endsWith("?")) {
                KINDS.stream().filter(kind -> kind.words().matcher(sentence).find()).findFirst()
                        .ifPresent(kind -> found.add(statement(sentence, kind.type())));
            }
        }
        return found;
    }

    private static Statement statement(String sentence, String type) {
        double confidence = 0.75 + (sentence.length() > LONG ? 0.1 : 0);
        Matcher names = NAME.matcher(sentence);
        return new Statement(sentence, type, confidence, names.results().map(match -> match.group()).distinct()
                .limit(MAX_ENTITIES).collect(Collectors.toUnmodifiableList()));
    }
}
