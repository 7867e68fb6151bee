package dev.memfuse.engine.memory.semantic;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.memory.semantic.FactFinder.Found;
import dev.memfuse.engine.memory.text.Statement;
import dev.memfuse.engine.memory.text.StatementReader;
import dev.memfuse.engine.model.language.JsonAnswer;
import dev.memfuse.engine.model.language.LanguageModelException;

/// Checks the facts in the answer of a language model. A fact outside the bounds is dropped with a note; an answer
/// without a list of facts, or with unusable facts only, is not usable.
final class FactAnswer {
    /// Maximum number of facts of a round.
    static final int MAX_FACTS = 10;
    private static final int MAX_LENGTH = 500;
    private static final int MAX_CLAIM = 200;
    private static final int MAX_ENTITIES = 20;
    private static final int MAX_NAME = 100;
    private static final double DEFAULT_CONFIDENCE = 0.7;
    private static final Set<String> TYPES = Set.of("personal", "preference", "decision", "temporal", "general");
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final List<Message> messages;
    private final Map<String, Integer> dropped = new TreeMap<>();

    private FactAnswer(List<Message> messages) {
        this.messages = messages;
    }

    /// Returns the facts of an answer.
    ///
    /// @param messages messages of the round, in the order of their numbers
    /// @param note receives what was dropped and why, a sentence
    /// @throws LanguageModelException when the answer is not usable
    static List<Found> read(JsonAnswer answer, List<Message> messages, Consumer<String> note) {
        return new FactAnswer(messages).read(answer, note);
    }

    private List<Found> read(JsonAnswer answer, Consumer<String> note) {
        List<JsonAnswer> facts = answer.list("facts");
        List<Found> found = new ArrayList<>();
        for (JsonAnswer fact : facts) {
            if (found.size() == MAX_FACTS) {
                drop("more than " + MAX_FACTS + " facts");
            } else {
                fact(fact).ifPresent(found::add);
            }
        }
        String sentence = dropped.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "Dropped from the answer of the language model: %s.",
                        dropped.entrySet().stream().map(one -> one.getValue() + " × " + one.getKey())
                                .collect(Collectors.joining(", ")));
        if (found.isEmpty() && !facts.isEmpty()) {
            throw new LanguageModelException("The answer of the language model has no usable fact. " + sentence, null);
        }
        if (!sentence.isEmpty()) {
            note.accept(sentence);
        }
        return found;
    }

    private void drop(String reason) {
        dropped.merge(reason, 1, Integer::sum);
    }

    private <T> Optional<T> dropped(String reason) {
        drop(reason);
        return Optional.empty();
    }

    private Optional<Found> fact(JsonAnswer fact) {
        Optional<String> content = fact.text("content", MAX_LENGTH).map(text -> text.replaceAll("\\s+", " "));
        if (content.isEmpty()) {
            return dropped("no text of 1 to " + MAX_LENGTH + " storable characters");
        }
        Optional<String> type = fact.text("type", MAX_NAME).filter(TYPES::contains);
        if (type.isEmpty()) {
            return dropped("unknown type");
        }
        double confidence = fact.lacks("confidence")
                ? DEFAULT_CONFIDENCE
                : fact.number("confidence").orElse(Double.NaN);
        if (!(confidence >= 0 && confidence <= 1)) {
            return dropped("confidence outside 0 to 1");
        }
        Optional<List<String>> entities = fact.lacks("entities")
                ? Optional.of(List.of())
                : fact.texts("entities", MAX_ENTITIES, MAX_NAME);
        if (entities.isEmpty()) {
            return dropped("no list of up to " + MAX_ENTITIES + " names");
        }
        Optional<List<Message>> sources = sources(fact);
        if (sources.isEmpty()) {
            return dropped("source that is no message");
        }
        // A message cannot put words into another one's mouth.
        if (!SourceWords.areIn(content.get(), words(sources.get()))) {
            return dropped("no word of its source");
        }
        return Optional.of(found(fact, content.get(), type.get(), confidence, entities.get(), sources.get()));
    }

    private static Found found(JsonAnswer fact, String content, String type, double confidence, List<String> entities,
            List<Message> sources) {
        Message first = sources.getFirst();
        Optional<Instant> time = fact.object("temporal_info").text("timestamp", MAX_NAME).flatMap(FactAnswer::instant)
                .or(() -> StatementReader.time(content, first.createdAt()));
        return new Found(new Statement(content, type, confidence, entities, time,
                plain(content) ? claim(content, sources) : Optional.empty()), sources);
    }

    /// A value that no source states makes no claim, which would supersede other facts.
    private static Optional<Claim> claim(String content, List<Message> sources) {
        return StatementReader.claim(content, sources.getFirst().role())
                .filter(claim -> SourceWords.state(claim.value(), content, words(sources)));
    }

    /// Returns whether a fact is a sentence of its own. A claim in markup or in a quoted answer is none of its source,
    /// and would supersede other facts.
    private static boolean plain(String content) {
        return content.length() <= MAX_CLAIM && content.chars().noneMatch(c -> "{}[]<>|`\"\\".indexOf(c) >= 0);
    }

    /// Without a number, all messages are sources: a fact without one could not be erased with its message.
    private Optional<List<Message>> sources(JsonAnswer fact) {
        if (fact.lacks("source")) {
            return Optional.of(messages);
        }
        return fact.wholes("source", 1, messages.size())
                .map(numbers -> numbers.isEmpty()
                        ? messages
                        : numbers.stream().distinct().map(number -> messages.get(number - 1)).toList());
    }

    private static Set<String> words(List<Message> sources) {
        return sources.stream().flatMap(source -> SourceWords.of(source.content()).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<Instant> instant(String text) {
        try {
            Instant time = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
            return Optional.of(time).filter(at -> !at.isBefore(EARLIEST) && !at.isAfter(LATEST));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
