package dev.memfuse.engine.memory.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Role;

/// Extracts the statements of a message by rules: type by keywords, names and verbs by the tagger, times and claims by
/// patterns. Length and a claim increase the confidence; words of doubt decrease it. Thread-safe.
public final class StatementReader {
    private static final int MIN_WORDS = 3;
    private static final int LONG_CHARS = 50;
    private static final String GENERAL = "general";
    private static final String TEMPORAL = "temporal";
    /// In order of precedence: the first match determines the type.
    private static final List<TypePattern> TYPES = List.of(
            type("preference",
                    "like|likes|love|loves|prefer|prefers|enjoy|enjoys|hate|hates|dislike|dislikes|can't stand"
                            + "|adore|adores|favorite|favourite|fan of"),
            type("decision", "decided|decide|chose|choose|going to|plan to|planning|will start|signed up|agreed"),
            type(TEMPORAL,
                    "yesterday|today|tomorrow|last (?:week|month|year|night|weekend)|next (?:week|month|year|weekend)"
                            + "|since|ago|\\d{4}"),
            type("personal",
                    "my|I am|I'm|I was|I have|I've|we have|we've|born|live|lives|work at|work as|works as|works at"
                            + "|moved|I work|I study|I grew"));
    private static final Pattern DOUBT = Pattern.compile(
            "\\b(?:maybe|might|perhaps|probably|not sure|I guess|I suppose|could be|would)\\b",
            Pattern.CASE_INSENSITIVE);

    private final EnglishText english;

    public StatementReader(EnglishText english) {
        this.english = english;
    }

    private record TypePattern(String type, Pattern words) {}

    private static TypePattern type(String type, String alternatives) {
        return new TypePattern(type, Pattern.compile("\\b(?:" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE));
    }

    /// Returns the statements of a message, in order.
    ///
    /// @param reference time of the message, against which relative times are resolved
    /// @param speaker subject for `I`
    public List<Statement> read(String message, Instant reference, Role speaker) {
        List<Statement> found = new ArrayList<>();
        for (Sentence sentence : english.read(message)) {
            if (!sentence.question() && sentence.length() >= MIN_WORDS) {
                statement(sentence, reference, speaker).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Statement> statement(Sentence sentence, Instant reference, Role speaker) {
        String text = sentence.text();
        List<String> names = Names.in(sentence);
        Optional<Claim> claim = claim(text, speaker);
        Optional<Instant> time = TimeExpressions.resolve(text, reference);
        String type = TYPES.stream().filter(pattern -> pattern.words().matcher(text).find()).findFirst()
                .map(TypePattern::type).orElse(time.isPresent() ? TEMPORAL : GENERAL);
        if (type.equals(GENERAL) && claim.isEmpty() && (names.isEmpty() || !sentence.hasVerb())) {
            return Optional.empty();
        }
        return Optional.of(new Statement(text, type, confidence(type, text, claim.isPresent()), names,
                time, claim));
    }

    private static double confidence(String type, String text, boolean hasClaim) {
        double confidence = type.equals(GENERAL) ? 0.7 : 0.75;
        confidence += text.length() > LONG_CHARS ? 0.1 : 0;
        confidence += hasClaim ? 0.05 : 0;
        return confidence - (DOUBT.matcher(text).find() ? 0.2 : 0);
    }

    /// Returns the claim of a sentence, for statements from a language model.
    public static Optional<Claim> claim(String sentence, Role speaker) {
        return ClaimReader.read(sentence, speaker.label());
    }

    /// Returns the time in a sentence, for statements from a language model.
    public static Optional<Instant> time(String sentence, Instant reference) {
        return TimeExpressions.resolve(sentence, reference);
    }
}
