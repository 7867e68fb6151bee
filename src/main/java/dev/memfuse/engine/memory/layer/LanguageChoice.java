package dev.memfuse.engine.memory.layer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.config.section.LlmProvider;
import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.model.language.JsonAnswer;
import dev.memfuse.engine.model.language.LanguageModel;
import dev.memfuse.engine.spi.WorkItem;

/// Chooses between the language model and rules for each layer of each round. Thread-safe.
///
/// The answers for a round that could not be finished are kept in memory for a few minutes, so that its next attempt
/// need not ask again.
public final class LanguageChoice {
    /// Fraction of a layer's time limit for all its calls; the rest is for the fallback and for storing.
    private static final double MODEL_TIME_FRACTION = 0.7;
    private static final int KEPT_ROUNDS = 200;
    private static final Duration KEPT_TIME = Duration.ofMinutes(5);

    private final Supplier<Optional<LanguageModel>> model;
    private final Supplier<MemoryServiceConfig> config;
    private final Supplier<LlmConfig> settings;
    private final Cache<Key, Map<String, JsonAnswer>> kept = Caffeine.newBuilder().maximumSize(KEPT_ROUNDS)
            .expireAfterWrite(KEPT_TIME).build();

    private record Key(UUID roundId, DerivedLayer layer) {}

    /// @param model the model in use; empty with `llm.provider: local`
    public LanguageChoice(Supplier<Optional<LanguageModel>> model, Supplier<MemoryServiceConfig> config,
            Supplier<LlmConfig> settings) {
        this.model = model;
        this.config = config;
        this.settings = settings;
    }

    /// Returns whether a language model is configured.
    public boolean usesModel() {
        return settings.get().provider() != LlmProvider.LOCAL;
    }

    /// Starts a round; the time limit of its calls begins.
    public LanguageRound begin(WorkItem item) {
        MemoryServiceConfig now = config.get();
        long limit = Math.round(now.timeoutPerLayer().toNanos() * MODEL_TIME_FRACTION);
        Key key = new Key(item.roundId(), item.layer());
        Map<String, JsonAnswer> answers = kept.getIfPresent(key);
        kept.invalidate(key);
        return new LanguageRound(usesModel() ? model : Optional::empty, now.enableFallback(),
                settings.get().whenLimited(), System.nanoTime() + limit,
                answers == null ? new ConcurrentHashMap<>() : answers, unfinished -> kept.put(key, unfinished));
    }

    /// Starts a round that rules build.
    public static LanguageRound rules(String reason) {
        return LanguageRound.byRules(reason);
    }
}
