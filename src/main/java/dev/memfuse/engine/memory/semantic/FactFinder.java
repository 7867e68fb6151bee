package dev.memfuse.engine.memory.semantic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.memory.layer.LanguageCalls;
import dev.memfuse.engine.memory.layer.PromptData;
import dev.memfuse.engine.memory.text.Statement;
import dev.memfuse.engine.memory.text.StatementReader;
import dev.memfuse.engine.model.language.Prompt;

/// Extracts statements from the messages of a round by the language model or by rules.
public final class FactFinder {
    private static final int ANSWER_TOKENS = 1_000;
    private static final double TEMPERATURE = 0.3;
    /// Share of the time of the layer; the rest is for the conflicts.
    private static final double TIME_SHARE = 0.6;
    private static final String TASK = String.format(Locale.ROOT,
            """
            TASK: fact_extraction
            You keep the memory of conversations. Find the facts worth remembering \
            beyond this conversation: at
            most %d, each a sentence that is understood by itself, each from the messages \
            and not from your
            knowledge. Resolve words such as yesterday against the time of their message.
            %s
            Answer with one JSON object and nothing else:
            {"facts": [{"content": "...", \
            "type": "personal|preference|decision|temporal|general",
            "confidence": 0.0, "entities": ["..."], \
            "temporal_info": {"timestamp": "ISO 8601 or empty"},
            "source": [numbers n of the messages]}]}""", FactAnswer.MAX_FACTS, PromptData.CONVERSATION);

    private final StatementReader reader;

    public FactFinder(StatementReader reader) {
        this.reader = reader;
    }

    /// A statement and its source messages, the main one first.
    record Found(Statement statement, List<Message> sources) {}

    /// Returns the statements of a round by rules.
    List<Found> byRules(List<Message> messages) {
        List<Found> found = new ArrayList<>();
        for (Message message : spoken(messages)) {
            reader.read(message.content(), message.createdAt(), message.role())
                    .forEach(statement -> found.add(new Found(statement, List.of(message))));
        }
        return found;
    }

    /// Returns the statements of a round by the language model.
    List<Found> byModel(List<Message> messages, LanguageCalls calls) {
        List<Message> spoken = spoken(messages);
        if (spoken.isEmpty()) {
            return List.of();
        }
        Prompt prompt = new Prompt(TASK, PromptData.conversation(spoken), TEMPERATURE, ANSWER_TOKENS, Duration.ZERO);
        return calls.ask(prompt, TIME_SHARE, answer -> FactAnswer.read(answer, spoken, calls::note));
    }

    private static List<Message> spoken(List<Message> messages) {
        return messages.stream().filter(message -> message.role().conversational()).toList();
    }
}
