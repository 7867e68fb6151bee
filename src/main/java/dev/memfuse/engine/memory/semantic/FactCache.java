package dev.memfuse.engine.memory.semantic;

import java.util.List;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.LayerStore.KnownFacts;

/// Caches the facts of the latest users, so that a round need not read them again. An entry is valid while its revision
/// equals the one in storage; storing changes detects facts that changed in between. Bounded by the number of facts.
/// Thread-safe.
final class FactCache {
    private static final int MAX_FACTS = 20_000;

    private final Cache<UUID, KnownFacts> cache = Caffeine.newBuilder().maximumWeight(MAX_FACTS)
            .weigher((UUID _, KnownFacts known) -> 1 + known.facts().size()).build();
    private final LayerStore store;

    FactCache(LayerStore store) {
        this.store = store;
    }

    /// Returns the current facts of a user.
    KnownFacts of(UUID userId) {
        KnownFacts known = cache.getIfPresent(userId);
        return known != null && known.revision() == store.factsRevision(userId) ? known : store.knownFacts(userId);
    }

    /// Stores the facts of a user after changes to a revision were stored.
    void stored(UUID userId, long revision, List<Fact> current) {
        cache.put(userId, new KnownFacts(revision + 1, current));
    }
}
