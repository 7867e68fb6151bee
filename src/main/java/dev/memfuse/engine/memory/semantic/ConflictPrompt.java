package dev.memfuse.engine.memory.semantic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.model.language.JsonAnswer;
import dev.memfuse.engine.model.language.LanguageModel;
import dev.memfuse.engine.model.language.LanguageModelException;
import dev.memfuse.engine.model.language.Prompt;

/// Finds contradicted facts by the language model. Accepts a conflict with a confidence of 0.9; with a confidence of
/// 0.5 only when the words of both facts contradict each other too.
final class ConflictPrompt {
    private static final double SURE = 0.9;
    private static final double POSSIBLE = 0.5;
    private static final int ANSWER_TOKENS = 1_000;
    private static final double TEMPERATURE = 0.1;
    private static final int MAX_CANDIDATES = 20;
    private static final String TASK = """
                                       TASK: conflict_detection
                                       You keep the memory of conversations. Compare the new fact with each \
                                       existing fact: can both hold at
                                       the same time, about the same person or thing? Name only those that cannot.
                                       Answer with one JSON object and nothing else:
                                       {"conflicts": [{"existing_fact": number, "type": \
                                       "DIRECT_CONTRADICTION|SEMANTIC_CONFLICT|
                                       TEMPORAL_INCONSISTENCY|VALUE_MISMATCH|PREFERENCE_CHANGE", "confidence": 0.0,
                                       "description": "..."}]}""";

    private ConflictPrompt() {}

    /// Returns the candidates that the new fact contradicts, within a time limit.
    ///
    /// @throws LanguageModelException when the model gives no usable answer
    static List<Fact> contradicted(LanguageModel model, Fact fresh, List<Fact> candidates, Duration limit) {
        List<Fact> listed = candidates.subList(0, Math.min(MAX_CANDIDATES, candidates.size()));
        StringBuilder text = new StringBuilder("New fact: ").append(line(fresh)).append("\nExisting facts:");
        for (int i = 0; i < listed.size(); i++) {
            text.append("\n[").append(i + 1).append("] ").append(line(listed.get(i)));
        }
        JsonAnswer answer = model.complete(new Prompt(TASK, text.toString(), TEMPERATURE, ANSWER_TOKENS, limit));
        List<Fact> found = new ArrayList<>();
        for (JsonAnswer conflict : answer.objects("conflicts")) {
            named(conflict, listed).filter(known -> holds(conflict, fresh, known))
                    .filter(known -> !found.contains(known))
                    .ifPresent(found::add);
        }
        return found;
    }

    private static String line(Fact fact) {
        return fact.content().replaceAll("\\s+", " ") + " (said " + fact.time().observedAt() + ")";
    }

    private static Optional<Fact> named(JsonAnswer conflict, List<Fact> listed) {
        int number = (int) conflict.number("existing_fact").orElse(0);
        return number >= 1 && number <= listed.size() ? Optional.of(listed.get(number - 1)) : Optional.empty();
    }

    private static boolean holds(JsonAnswer conflict, Fact fresh, Fact known) {
        double confidence = conflict.number("confidence").orElse(0);
        return confidence >= SURE || (confidence >= POSSIBLE && Evidence.contradicts(fresh, known));
    }
}
