package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.spi.ErasureStore.Erasure;

/// Durable storage of facts by hand. Each change increases the revision of the user's facts, so that a merge of
/// extracted facts that runs meanwhile is repeated. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface KnowledgeStore {

    /// Stores facts by hand in one transaction.
    ///
    /// @throws NotFoundException when there is no such user
    void add(UUID userId, List<Fact> facts);

    /// Returns current facts by id, in any order, without their conflicts; unknown ids are left out.
    List<Fact> read(UUID userId, Collection<UUID> factIds);

    /// Deletes current facts and stores facts by hand with the ids of some of them, in one transaction. Facts that a
    /// deleted one superseded are current again; a fact whose id was not there is not stored.
    ///
    /// @param replacements facts whose ids are among the given ones
    Removed remove(UUID userId, Collection<UUID> factIds, List<Fact> replacements);

    /// Removed facts.
    ///
    /// @param factIds ids of those that were there
    record Removed(Set<UUID> factIds, Erasure erasure) {}
}
