package dev.memfuse.engine.memory.layer;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.engine.model.language.LanguageModel;
import dev.memfuse.engine.model.language.LanguageModelException;

/// Chooses between the language model and rules: uses the model when there is one, and the rules when its answer is
/// unusable and `memory_service.enable_fallback` is on.
public final class LanguageChoice {
    /// Fraction of a layer's time limit; the rest is for the fallback and for storing.
    private static final double MODEL_TIME_FRACTION = 0.7;

    private final Supplier<Optional<LanguageModel>> model;
    private final Supplier<MemoryServiceConfig> config;

    public LanguageChoice(Supplier<Optional<LanguageModel>> model, Supplier<MemoryServiceConfig> config) {
        this.model = model;
        this.config = config;
    }

    /// A result and its origin.
    ///
    /// @param byModel whether the language model produced it
    /// @param note reason why rules replaced the model, a sentence; otherwise empty
    /// @param <T> type of the result
    public record Result<T>(T value, boolean byModel, String note) {}

    /// Returns the result of the model or of the rules.
    ///
    /// @param byModel computes it with the model, within a time limit
    /// @param byRules computes it by rules
    /// @throws LanguageModelException when the model fails and fallback is off
    public <T> Result<T> choose(BiFunction<LanguageModel, Duration, T> byModel, Supplier<T> byRules) {
        MemoryServiceConfig now = config.get();
        Optional<LanguageModel> current = model.get();
        if (current.isEmpty()) {
            return new Result<>(byRules.get(), false, "");
        }
        try {
            Duration limit = Duration.ofMillis(Math.round(now.timeoutPerLayer().toMillis() * MODEL_TIME_FRACTION));
            return new Result<>(byModel.apply(current.get(), limit), true, "");
        } catch (LanguageModelException e) {
            if (!now.enableFallback()) {
                throw e;
            }
            return new Result<>(byRules.get(), false, e.getMessage() + " Rules were used instead.");
        }
    }
}
