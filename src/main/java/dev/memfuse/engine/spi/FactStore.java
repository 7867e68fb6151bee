package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.exception.EngineException;

/// Reads of extracted facts and facts by hand. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface FactStore {

    /// Returns the current facts of a user with their revision, for [FactChanges].
    KnownFacts known(UUID userId);

    /// Returns the revision of a user's facts; 0 when there is no such user.
    long revision(UUID userId);

    /// Returns facts of a user, the latest observed first.
    List<Fact> find(UUID userId, FactQuery query);

    /// Returns the current facts that contradict current facts while neither replaces the other, by the id of the
    /// latter.
    ///
    /// @param factIds ids of facts of the user; facts without a conflict are not in the result
    Map<UUID, List<UUID>> conflicts(UUID userId, Collection<UUID> factIds);

    /// Current facts of a user.
    ///
    /// @param revision increases with each change
    record KnownFacts(long revision, List<Fact> facts) {}
}
