package dev.memfuse.engine.memory.layer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.memfuse.engine.model.language.JsonAnswer;
import dev.memfuse.engine.model.language.LanguageModel;
import dev.memfuse.engine.model.language.LanguageModelException;
import dev.memfuse.engine.model.language.Prompt;

/// The calls of the language model for one layer of one round. They share one deadline. For one thread.
public final class LanguageCalls {
    private final LanguageModel model;
    private final long end;
    private final Map<String, JsonAnswer> answers;
    private final List<String> notes = new ArrayList<>();

    LanguageCalls(LanguageModel model, long end, Map<String, JsonAnswer> answers) {
        this.model = model;
        this.end = end;
        this.answers = answers;
    }

    /// Asks the model, unless an earlier attempt received the answer already. Blocks.
    ///
    /// @param prompt its time limit is ignored
    /// @param share share of the remaining time that this call may take, 0..1
    /// @param reader reads the answer; throws a [LanguageModelException] when it is not usable
    /// @throws LanguageModelException when there is no usable answer in time
    public <T> T ask(Prompt prompt, double share, Function<JsonAnswer, T> reader) {
        JsonAnswer known = answers.get(prompt.user());
        if (known != null) {
            return reader.apply(known);
        }
        long remaining = end - System.nanoTime();
        if (remaining <= 0) {
            throw new LanguageModelException("The time of the layer was over before the language model was asked.",
                    null);
        }
        JsonAnswer answer = model.complete(prompt.within(Duration.ofNanos(Math.round(remaining * share))));
        T value = reader.apply(answer);
        answers.put(prompt.user(), answer);
        return value;
    }

    /// Notes that a part of an answer was dropped.
    ///
    /// @param sentence what was dropped, and why
    public void note(String sentence) {
        notes.add(sentence);
    }

    String note() {
        return String.join(" ", notes);
    }
}
