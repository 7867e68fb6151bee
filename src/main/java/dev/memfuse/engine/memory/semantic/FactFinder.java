package dev.memfuse.engine.memory.semantic;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.memory.layer.LanguageChoice;
import dev.memfuse.engine.memory.layer.Transcript;
import dev.memfuse.engine.memory.text.Statement;
import dev.memfuse.engine.memory.text.StatementReader;
import dev.memfuse.engine.model.language.JsonAnswer;
import dev.memfuse.engine.model.language.LanguageModel;
import dev.memfuse.engine.model.language.Prompt;

/// Extracts statements from the messages of a round by the language model or by rules.
public final class FactFinder {
    private static final int MAX_FACTS = 10;
    private static final int ANSWER_TOKENS = 1_000;
    private static final double TEMPERATURE = 0.3;
    private static final String GENERAL = "general";
    private static final double DEFAULT_CONFIDENCE = 0.7;
    private static final Set<String> TYPES = Set.of("personal", "preference", "decision", "temporal", GENERAL);
    private static final String TASK = String.format(Locale.ROOT,
            """
            TASK: fact_extraction
            You keep the memory of conversations. Find the facts worth remembering \
            beyond this conversation: at
            most %d, each a sentence that is understood by itself, each from the messages \
            and not from your
            knowledge. Resolve words such as yesterday against the time of their message.
            Answer with one JSON object and nothing else:
            {"facts": [{"content": "...", \
            "type": "personal|preference|decision|temporal|general",
            "confidence": 0.0, "entities": ["..."], \
            "temporal_info": {"timestamp": "ISO 8601 or empty"},
            "source": [numbers of the messages]}]}""", MAX_FACTS);

    private final LanguageChoice language;
    private final StatementReader reader;

    public FactFinder(LanguageChoice language, StatementReader reader) {
        this.language = language;
        this.reader = reader;
    }

    /// A statement and its source messages, the main one first.
    record Found(Statement statement, List<Message> sources) {}

    /// Returns the statements of a round.
    LanguageChoice.Result<List<Found>> find(List<Message> messages) {
        List<Message> spoken = messages.stream().filter(message -> message.role().conversational()).toList();
        return spoken.isEmpty()
                ? new LanguageChoice.Result<>(List.of(), false, "")
                : language.choose((model, limit) -> ask(model, spoken, limit), () -> byRules(spoken));
    }

    private List<Found> byRules(List<Message> messages) {
        List<Found> found = new ArrayList<>();
        for (Message message : messages) {
            reader.read(message.content(), message.createdAt(), message.role())
                    .forEach(statement -> found.add(new Found(statement, List.of(message))));
        }
        return found;
    }

    private static List<Found> ask(LanguageModel model, List<Message> messages, Duration limit) {
        JsonAnswer answer = model
                .complete(new Prompt(TASK, Transcript.of(messages), TEMPERATURE, ANSWER_TOKENS, limit));
        List<Found> found = new ArrayList<>();
        for (JsonAnswer fact : answer.objects("facts")) {
            fact.text("content").ifPresent(content -> found.add(found(content, fact, messages)));
        }
        return found.stream().limit(MAX_FACTS).toList();
    }

    private static Found found(String content, JsonAnswer fact, List<Message> messages) {
        List<Message> named = fact.numbers("source").stream().filter(at -> at >= 1 && at <= messages.size()).distinct()
                .map(at -> messages.get(at - 1)).toList();
        // A fact without sources could not be erased with its message: all messages become its sources.
        List<Message> sources = named.isEmpty() ? messages : named;
        Message first = sources.getFirst();
        double confidence = Math.clamp(fact.number("confidence").orElse(DEFAULT_CONFIDENCE), 0, 1);
        Optional<Instant> time = fact.object("temporal_info").text("timestamp").flatMap(FactFinder::instant)
                .or(() -> StatementReader.time(content, first.createdAt()));
        return new Found(
                new Statement(content, fact.text("type").filter(TYPES::contains).orElse(GENERAL), confidence,
                        fact.texts("entities"), time, StatementReader.claim(content, first.role())),
                sources);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
