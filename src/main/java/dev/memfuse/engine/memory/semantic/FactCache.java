package dev.memfuse.engine.memory.semantic;

import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.memfuse.engine.spi.FactStore;
import dev.memfuse.engine.spi.FactStore.KnownFacts;

/// Caches the facts of the latest users, so that a round need not read them again. Storing changes detects facts that
/// changed in between; the entry is dropped then. Bounded by the number of facts. Thread-safe, except that one thread
/// at a time may use the facts of a user.
final class FactCache {
    private static final int BYTES_PER_FACT = 2_500;
    /// Part of the heap for the facts.
    private static final int HEAP_PART = 16;
    private static final long MAX_FACTS = Runtime.getRuntime().maxMemory() / HEAP_PART / BYTES_PER_FACT;

    private final Cache<UUID, Facts> cache = Caffeine.newBuilder().maximumWeight(MAX_FACTS)
            .weigher((UUID _, Facts known) -> 1 + known.index().size()).build();
    private final FactStore store;

    /// Current facts of a user.
    ///
    /// @param revision their revision in storage
    record Facts(long revision, FactIndex index) {}

    FactCache(FactStore store) {
        this.store = store;
    }

    /// Returns the current facts of a user. Reads them from storage when they are not cached.
    Facts of(UUID userId) {
        Facts cached = cache.getIfPresent(userId);
        if (cached != null) {
            return cached;
        }
        KnownFacts read = store.known(userId);
        Facts facts = new Facts(read.revision(), new FactIndex(read.facts()));
        cache.put(userId, facts);
        return facts;
    }

    /// Called after changes to a revision were stored.
    ///
    /// @param changed the facts with the changes
    void stored(UUID userId, Facts changed) {
        cache.put(userId, new Facts(changed.revision() + 1, changed.index()));
    }

    /// Drops the facts of a user: they differ from those in storage.
    void invalidate(UUID userId) {
        cache.invalidate(userId);
    }
}
