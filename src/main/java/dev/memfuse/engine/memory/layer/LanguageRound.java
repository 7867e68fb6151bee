package dev.memfuse.engine.memory.layer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.memfuse.config.section.WhenLimited;
import dev.memfuse.engine.model.language.JsonAnswer;
import dev.memfuse.engine.model.language.LanguageModel;
import dev.memfuse.engine.model.language.LanguageModelException;
import dev.memfuse.engine.model.language.RateLimitedException;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.metrics.ExtractionStats.Maker;

/// The language model or rules for one layer of one round, under one deadline. After a call without a usable answer,
/// rules build the whole layer when `memory_service.enable_fallback` is on. For one thread.
public final class LanguageRound {
    private final Supplier<Optional<LanguageModel>> model;
    private final boolean fallback;
    private final WhenLimited whenLimited;
    private final long end;
    private final Map<String, JsonAnswer> answers;
    private final Consumer<Map<String, JsonAnswer>> keep;
    /// Why rules build the round although a model is configured; empty while the model may.
    private String refused = "";

    LanguageRound(Supplier<Optional<LanguageModel>> model, boolean fallback, WhenLimited whenLimited, long end,
            Map<String, JsonAnswer> answers, Consumer<Map<String, JsonAnswer>> keep) {
        this.model = model;
        this.fallback = fallback;
        this.whenLimited = whenLimited;
        this.end = end;
        this.answers = answers;
        this.keep = keep;
    }

    static LanguageRound byRules(String reason) {
        LanguageRound round = new LanguageRound(Optional::empty, true, WhenLimited.FALLBACK, 0,
                new ConcurrentHashMap<>(), _ -> {});
        round.refused = reason;
        return round;
    }

    /// A result and its origin.
    ///
    /// @param note reason why rules replaced the model, or what was dropped from its answer, a sentence; may be empty
    /// @param <T> type of the result
    public record Result<T>(T value, Maker maker, String note) {

        /// Returns the origin to store with the result.
        public LayerOrigin origin() {
            return new LayerOrigin(maker == Maker.MODEL, note);
        }
    }

    /// Returns the result of the model or of the rules.
    ///
    /// @param byModel computes it with the model
    /// @param byRules computes it by rules
    /// @throws LanguageModelException when the model fails and fallback is off
    /// @throws PostponedException when the limits per minute allow no call and the round should wait
    public <T> Result<T> choose(Function<LanguageCalls, T> byModel, Supplier<T> byRules) {
        if (refused.isEmpty()) {
            try {
                Optional<LanguageModel> current = model.get();
                if (current.isEmpty()) {
                    return new Result<>(byRules.get(), Maker.RULES, "");
                }
                LanguageCalls calls = new LanguageCalls(current.get(), end, answers);
                T value = byModel.apply(calls);
                return new Result<>(value, Maker.MODEL, calls.note());
            } catch (RateLimitedException e) {
                limited(e);
            } catch (LanguageModelException e) {
                failed(e);
            }
        }
        return new Result<>(byRules.get(), Maker.FALLBACK, refused + " Rules were used instead.");
    }

    private void limited(RateLimitedException e) {
        if (whenLimited == WhenLimited.WAIT || !fallback) {
            unfinished();
            throw new PostponedException(e.getMessage() + " The round waits in the work list.", e.remaining(), e);
        }
        refused = String.valueOf(e.getMessage());
    }

    private void failed(LanguageModelException e) {
        // An interrupted layer is out of time, or the engine closes: it must not go on.
        if (!fallback || Thread.currentThread().isInterrupted()) {
            throw e;
        }
        refused = String.valueOf(e.getMessage());
    }

    /// Keeps the answers for the next attempt. Called when the round could not be finished.
    public void unfinished() {
        if (!answers.isEmpty()) {
            keep.accept(answers);
        }
    }
}
