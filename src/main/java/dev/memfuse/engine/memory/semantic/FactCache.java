package dev.memfuse.engine.memory.semantic;

import java.util.List;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.LayerStore.KnownFacts;

/// Remembers the facts of the users that were worked on last, so that a round does not read them all again. What is
/// remembered is used only while its revision is still the one in storage; deciding about facts that changed in between is
/// found out when the decision is stored. Bounded by the number of facts. Thread-safe.
final class FactCache {
    private static final int MOST_FACTS = 20_000;

    private final Cache<UUID, KnownFacts> books = Caffeine.newBuilder().maximumWeight(MOST_FACTS)
            .weigher((UUID _, KnownFacts known) -> 1 + known.facts().size()).build();
    private final LayerStore store;

    FactCache(LayerStore store) {
        this.store = store;
    }

    KnownFacts of(UUID userId) {
        KnownFacts known = books.getIfPresent(userId);
        return known != null && known.revision() == store.factsRevision(userId) ? known : store.knownFacts(userId);
    }

    /// What is known after a decision about a revision was stored.
    void stored(UUID userId, long decidedAbout, List<Fact> current) {
        books.put(userId, new KnownFacts(decidedAbout + 1, current));
    }
}
