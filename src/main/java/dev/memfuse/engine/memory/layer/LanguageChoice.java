package dev.memfuse.engine.memory.layer;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.engine.model.language.LanguageModel;
import dev.memfuse.engine.model.language.LanguageModelException;

/// Asks the language model where there is one, and falls back to rules when it gives no usable answer and
/// `memory_service.enable_fallback` is on.
public final class LanguageChoice {
    /// Of the layer's time limit; the rest is for the fallback and for storing.
    private static final double SHARE_OF_LIMIT = 0.7;

    private final Supplier<Optional<LanguageModel>> model;
    private final Supplier<MemoryServiceConfig> config;

    public LanguageChoice(Supplier<Optional<LanguageModel>> model, Supplier<MemoryServiceConfig> config) {
        this.model = model;
        this.config = config;
    }

    /// What was made, and with what.
    ///
    /// @param byModel whether the language model made it
    /// @param note a sentence when rules had to do instead of the model; else empty
    /// @param <T> what was made
    public record Made<T>(T value, boolean byModel, String note) {}

    /// @param asked makes it with the model, within a time
    /// @param local makes it by rules
    public <T> Made<T> make(BiFunction<LanguageModel, Duration, T> asked, Supplier<T> local) {
        MemoryServiceConfig now = config.get();
        Optional<LanguageModel> known = model.get();
        if (known.isEmpty()) {
            return new Made<>(local.get(), false, "");
        }
        try {
            Duration limit = Duration.ofMillis(Math.round(now.timeoutPerLayer().toMillis() * SHARE_OF_LIMIT));
            return new Made<>(asked.apply(known.get(), limit), true, "");
        } catch (LanguageModelException e) {
            if (!now.enableFallback()) {
                throw e;
            }
            return new Made<>(local.get(), false, e.getMessage() + " Made by rules instead.");
        }
    }
}
