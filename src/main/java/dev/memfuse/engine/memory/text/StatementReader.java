package dev.memfuse.engine.memory.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Role;

/// Finds the statements of a message by rules: the kind of a statement by its words, names and verbs by the tagger, times
/// and claims by their forms. The confidence rises with length and with a claim, and falls with words of doubt.
/// Thread-safe.
public final class StatementReader {
    private static final int FEWEST_WORDS = 3;
    private static final int LONG = 50;
    private static final String GENERAL = "general";
    private static final String TEMPORAL = "temporal";
    /// In the order in which a sentence is tried; the first that fits names its kind.
    private static final List<Kind> KINDS = List.of(
            kind("preference",
                    "like|likes|love|loves|prefer|prefers|enjoy|enjoys|hate|hates|dislike|dislikes|can't stand"
                            + "|adore|adores|favorite|favourite|fan of"),
            kind("decision", "decided|decide|chose|choose|going to|plan to|planning|will start|signed up|agreed"),
            kind(TEMPORAL,
                    "yesterday|today|tomorrow|last (?:week|month|year|night|weekend)|next (?:week|month|year|weekend)"
                            + "|since|ago|\\d{4}"),
            kind("personal",
                    "my|I am|I'm|I was|I have|I've|we have|we've|born|live|lives|work at|work as|works as|works at|moved"
                            + "|I work|I study|I grew"));
    private static final Pattern DOUBT = Pattern.compile(
            "\\b(?:maybe|might|perhaps|probably|not sure|I guess|I suppose|could be|would)\\b",
            Pattern.CASE_INSENSITIVE);

    private final EnglishText english;

    public StatementReader(EnglishText english) {
        this.english = english;
    }

    private record Kind(String type, Pattern words) {}

    private static Kind kind(String type, String alternatives) {
        return new Kind(type, Pattern.compile("\\b(?:" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE));
    }

    /// The statements of a message, in order.
    ///
    /// @param said when; what times such as yesterday are resolved against
    /// @param speaker who `I` is
    public List<Statement> read(String message, Instant said, Role speaker) {
        List<Statement> found = new ArrayList<>();
        for (Sentence sentence : english.read(message)) {
            if (!sentence.question() && sentence.length() >= FEWEST_WORDS) {
                statement(sentence, said, speaker).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Statement> statement(Sentence sentence, Instant said, Role speaker) {
        String text = sentence.text();
        List<String> names = Names.in(sentence);
        Optional<Claim> claim = claim(text, speaker);
        Optional<Instant> time = TimeExpressions.resolve(text, said);
        String type = KINDS.stream().filter(kind -> kind.words().matcher(text).find()).findFirst().map(Kind::type)
                .orElse(time.isPresent() ? TEMPORAL : GENERAL);
        if (type.equals(GENERAL) && claim.isEmpty() && (names.isEmpty() || !sentence.hasVerb())) {
            return Optional.empty();
        }
        return Optional.of(new Statement(text, type, confidence(type, text, claim.isPresent()), names,
                time, claim));
    }

    private static double confidence(String type, String text, boolean claims) {
        double confidence = type.equals(GENERAL) ? 0.7 : 0.75;
        confidence += text.length() > LONG ? 0.1 : 0;
        confidence += claims ? 0.05 : 0;
        return confidence - (DOUBT.matcher(text).find() ? 0.2 : 0);
    }

    /// What a sentence claims, for statements that somebody else found.
    public static Optional<Claim> claim(String sentence, Role speaker) {
        return ClaimReader.read(sentence, speaker.label());
    }

    /// The time a sentence names, likewise.
    public static Optional<Instant> time(String sentence, Instant said) {
        return TimeExpressions.resolve(sentence, said);
    }
}
