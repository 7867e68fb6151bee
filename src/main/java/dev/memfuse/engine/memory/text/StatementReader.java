package dev.memfuse.engine.memory.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.memory.text.Rule.Reading;

/// Extracts the statements of a message by the [Rules] of its language. A clause that no rule understands makes no
/// statement; neither does a question, a quotation, a condition, hearsay, irony or a secret. Thread-safe.
public final class StatementReader {
    private static final String GENERAL = "general";
    private static final String TEMPORAL = "temporal";
    private static final String PERSONAL = "personal";
    private static final double CONFIDENCE = 0.8;
    private static final double LONG_BONUS = 0.1;
    private static final double DOUBT = 0.25;
    private static final int LONG_CHARS = 50;
    private static final int MAX_FRAMES = 3;
    /// A date of every year does not say when something happened.
    private static final Set<String> YEARLY = Set.of("birthday", "anniversary", "wedding anniversary",
            "date of birth", "birth date");
    private static final int MAX_LISTED = 5;
    /// A longer sentence is no plain statement, and its repetitions could exhaust the stack of an expression.
    private static final int MAX_SENTENCE = 1_000;
    /// A message with more statements is a document or a list, not a turn of a conversation.
    private static final int MAX_STATEMENTS = 50;
    private static final Pattern LISTED = Pattern
            .compile("(?:, and|,? and|,? or|,(?=.*\\b(?:and|or)\\b)) (?!(?:I|i|my|we|he|she|they|it|then"
                    + "|so|also|now|that|this|not|but|have|am|the other|to)\\b)(.+)");
    /// A value with a part of its own: what follows it need not belong to the verb.
    private static final Pattern COMPOSED = Pattern
            .compile("(?i)\\b(?:about|of|with|for|from|to|that|who|which|where|how"
                    + "|making|is|are|in|on|at|when|than|as|by|like|such as|including)\\b");
    private static final Pattern GERUND = Pattern.compile("(?i)\\w+ing\\b.*");
    /// Contractions without their apostrophe.
    private static final Pattern CONTRACTION = Pattern.compile(
            "(?i)\\b(?:(i)(?=m\\b|ve\\b)|((?:do|does|is|ca|did|are|have|has)n)(?=t\\b))(m|ve)?(t)?\\b");
    private static final String COMMA = ", ";
    private static final Pattern QUOTATION = Pattern.compile("[\"“”„«»]");

    private final EnglishText english;

    public StatementReader(EnglishText english) {
        this.english = english;
    }

    /// A statement and the place of its value in the clause.
    private record Read(Statement statement, String clause, Rules rules, Reading reading) {

        /// Returns the clause with the next listed value in place of this one.
        private Optional<String> afterItsValue() {
            Optional<MatchResult> value = reading.value();
            if (value.isEmpty() || !reading.rule().isListed()) {
                return Optional.empty();
            }
            Matcher next = LISTED.matcher(clause.substring(value.get().end("value")));
            return next.lookingAt() && isOfOneKind(value.get().group("value"), next.group(1))
                    ? Optional.of(clause.substring(0, value.get().start("value")) + next.group(1))
                    : Optional.empty();
        }

        /// Returns whether two values are items of one list: both activities, or both plain things.
        private static boolean isOfOneKind(String value, String next) {
            boolean activity = GERUND.matcher(value).matches();
            return activity == GERUND.matcher(next).matches() && (activity || !COMPOSED.matcher(value).find());
        }

        private boolean sameRule(Read other) {
            return reading.rule().equals(other.reading.rule())
                    && !reading.claim().equals(other.reading.claim());
        }
    }

    /// Returns the statements of a message, in order.
    ///
    /// @param reference time of the message, against which relative times are resolved
    /// @param speaker subject for `I`, unless the message begins with the speaker's name
    public List<Statement> read(String message, Instant reference, Role speaker) {
        Optional<SpeakerPrefix> prefix = SpeakerPrefix.of(message);
        String text = prefix.map(found -> message.substring(found.length())).orElse(message);
        String subject = prefix.map(SpeakerPrefix::subject).orElse(speaker.label());
        boolean person = prefix.isPresent() || speaker == Role.USER;
        List<Read> found = new ArrayList<>();
        List<Read> previous = List.of();
        boolean quoted = false;
        boolean given = AssistantTask.begins(message);
        for (String sentence : english.split(text)) {
            given |= AssistantTask.begins(sentence);
            boolean inside = given || quoted || sentence.startsWith(">");
            quoted ^= QUOTATION.matcher(sentence).results().count() % 2 == 1;
            if (inside) {
                continue;
            }
            if (sentence.length() > MAX_SENTENCE || found.size() >= MAX_STATEMENTS) {
                previous = List.of();
                continue;
            }
            Language language = Language.of(sentence);
            Rules rules = language.rules();
            if (rules.retraction().matcher(sentence).find()) {
                found.removeAll(previous);
            }
            Optional<Read> replaced = replaced(sentence, rules, previous, reference, subject);
            if (replaced.isPresent()) {
                found.removeAll(previous);
                previous = List.of(replaced.get());
            } else {
                previous = sentence(sentence, rules, reference, subject, person);
            }
            found.addAll(previous);
        }
        return found.stream().limit(MAX_STATEMENTS).map(Read::statement).toList();
    }

    private List<Read> sentence(String sentence, Rules rules, Instant reference, String subject, boolean person) {
        if (sentence.endsWith("?") || sentence.endsWith("？") || Secrets.isIn(sentence)
                || rules.ironic().matcher(sentence).find()) {
            return List.of();
        }
        List<Read> found = new ArrayList<>();
        int start = Rules.skip(rules.opening(), sentence, 0);
        String rest = rules.completed(CONTRACTION.matcher(sentence.substring(start)).replaceAll("$1$2'$3$4"));
        String[] clauses = rules.split().split(rest);
        // Words that say when, before a comma, belong to the clause behind it.
        String frame = "";
        for (int i = 0; i < clauses.length; i++) {
            String clause = frame + clauses[i].strip();
            frame = "";
            if (i + 1 < clauses.length && Rules.skip(rules.frame(), clause + COMMA, 0) > clause.length()) {
                frame = clause + COMMA;
                continue;
            }
            if (rules.reported().matcher(clause).find()) {
                break;
            }
            clauses(start + i == 0 ? clause : capitalized(clause), rules, reference, subject).stream()
                    .filter(read -> person || !read.statement().type().equals(TEMPORAL)).forEach(found::add);
        }
        return found;
    }

    /// Returns the statements of a clause: several when it lists values, such as "I'm allergic to nuts and eggs".
    private List<Read> clauses(String clause, Rules rules, Instant reference, String subject) {
        List<Read> found = new ArrayList<>();
        Optional<Read> read = clause(clause, rules, reference, subject);
        while (read.isPresent() && found.size() < MAX_LISTED) {
            Read one = read.get();
            found.add(one);
            read = one.afterItsValue().flatMap(rest -> clause(rest, rules, reference, subject)
                    .filter(other -> other.sameRule(one)));
        }
        return found;
    }

    private Optional<Read> clause(String clause, Rules rules, Instant reference, String subject) {
        if (clause.isEmpty() || rules.unreal().matcher(clause).find()) {
            return Optional.empty();
        }
        int from = 0;
        boolean doubtful = false;
        for (int i = 0; i < MAX_FRAMES; i++) {
            int doubt = Rules.skip(rules.doubt(), clause, from);
            doubtful |= doubt > from;
            from = Rules.skip(rules.frame(), clause, doubt);
        }
        int start = from;
        boolean unsure = doubtful;
        return rules.read(clause, start, subject)
                .filter(reading -> EventWords.areConcrete(reading.claim()))
                .flatMap(reading -> read(reading, clause, rules, reference, unsure));
    }

    private Optional<Read> read(Reading reading, String clause, Rules rules, Instant reference, boolean doubtful) {
        List<String> names = Names.in(english.tag(List.of(clause)).getFirst());
        String subject = reading.claim().subject();
        if (reading.named() && names.stream().noneMatch(name -> named(name, subject))) {
            return Optional.empty();
        }
        Optional<Instant> time = YEARLY.contains(reading.claim().attribute())
                ? Optional.empty()
                : time(clause, reading.value().map(value -> value.end("value")).orElse(0), rules, reference);
        String type = type(reading, time);
        double confidence = CONFIDENCE + (clause.length() > LONG_CHARS ? LONG_BONUS : 0) - (doubtful ? DOUBT : 0);
        return Optional.of(new Read(new Statement(clause, type, confidence, names, time,
                Optional.of(reading.claim())), clause, rules, reading));
    }

    private static boolean named(String name, String subject) {
        String lower = name.toLowerCase(Locale.ROOT);
        return subject.startsWith(lower) || lower.startsWith(subject) || subject.contains(" " + lower);
    }

    private static String type(Reading reading, Optional<Instant> time) {
        String type = reading.rule().type();
        if (type.equals(Rule.EVENT)) {
            return time.isPresent() ? TEMPORAL : PERSONAL;
        }
        return type.equals(PERSONAL) && reading.named() ? GENERAL : type;
    }

    private static Optional<Instant> time(String clause, int said, Rules rules, Instant reference) {
        LocalDate today = reference.atZone(ZoneOffset.UTC).toLocalDate();
        return rules.times().firstDay(clause, said, today).map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /// Returns the statement of the sentence before with another value: "I live in Basel. Sorry, I meant Bern."
    private Optional<Read> replaced(String sentence, Rules rules, List<Read> previous, Instant reference,
            String subject) {
        Matcher found = rules.replacement().matcher(sentence);
        if (!found.find() || previous.size() != 1 || previous.getFirst().reading().value().isEmpty()
                || Secrets.isIn(sentence)) {
            return Optional.empty();
        }
        Read before = previous.getFirst();
        MatchResult value = before.reading().value().orElseThrow();
        String clause = before.clause().substring(0, value.start("value")) + found.group("value")
                + before.clause().substring(value.end("value"));
        return clause(clause, before.rules(), reference, subject);
    }

    private static String capitalized(String clause) {
        if (clause.isEmpty()) {
            return clause;
        }
        int first = clause.codePointAt(0);
        return Character.toString(Character.toUpperCase(first)) + clause.substring(Character.charCount(first));
    }

    /// Returns the claim of a sentence, for statements from a language model.
    public static Optional<Claim> claim(String sentence, Role speaker) {
        Rules rules = Language.of(sentence).rules();
        if (rules.unreal().matcher(sentence).find()) {
            return Optional.empty();
        }
        int from = Rules.skip(rules.frame(), sentence, 0);
        return rules.read(sentence, from, speaker.label()).filter(reading -> !reading.rule().type().equals(Rule.EVENT))
                .map(Reading::claim);
    }

    /// Returns the time in a sentence, for statements from a language model.
    public static Optional<Instant> time(String sentence, Instant reference) {
        return time(sentence, 0, Language.of(sentence).rules(), reference);
    }
}
