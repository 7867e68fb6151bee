package dev.memfuse.engine.spi;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.exception.EngineException;

/// Rounds for which a layer can be built afterwards. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface LayerBuildStore {

    /// Treats the rounds whose extraction failed as stored while the layer was off, so that it can be built for them.
    /// Writes across users.
    ///
    /// @return number of these rounds
    int resetFailed(DerivedLayer layer);

    /// Returns the rounds that were stored while a layer was off or whose extraction failed, by user, without users
    /// that have none. Reads across users.
    Map<UUID, Unbuilt> unbuilt(DerivedLayer layer);

    /// Queues the oldest rounds of a user that were stored while a layer was off.
    ///
    /// @param limit maximum number of rounds
    /// @return number of queued rounds
    int queueUnbuilt(UUID userId, DerivedLayer layer, int limit);

    /// Returns the rounds whose layer is done and was built by rules. Reads across users.
    MadeByRules madeByRules(DerivedLayer layer);

    /// Queues the oldest rounds of a user whose layer rules built, and removes the facts of these rounds.
    ///
    /// @param before rounds that were built later are left out
    /// @param limit maximum number of rounds
    /// @return number of queued rounds
    int queueMadeByRules(UUID userId, DerivedLayer layer, Instant before, int limit);

    /// Rounds of a user to build, the number of their messages, and the characters of these.
    record Unbuilt(long rounds, long messages, long characters) {}

    /// Rounds whose layer rules built.
    ///
    /// @param users rounds by user, without users that have none
    /// @param at time of this count, by the clock of the database
    record MadeByRules(Map<UUID, Unbuilt> users, Instant at) {
        public MadeByRules {
            users = Map.copyOf(users);
        }
    }
}
