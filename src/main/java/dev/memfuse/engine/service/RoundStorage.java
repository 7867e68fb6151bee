package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.BufferedRound;
import dev.memfuse.engine.memory.MemoryService;
import dev.memfuse.engine.spi.StoredRound;

/// Stores acknowledged rounds for the users and sessions that their ids stand for. Thread-safe.
final class RoundStorage {
    private final UnsettledCreations creations;
    private final UserStates states;
    private final MemoryService memory;
    private final StorageHealth health;
    private final Tunables tunables;

    RoundStorage(UnsettledCreations creations, UserStates states, MemoryService memory, StorageHealth health,
            Tunables tunables) {
        this.creations = creations;
        this.states = states;
        this.memory = memory;
        this.health = health;
        this.tunables = tunables;
    }

    /// Returns the session that a key stands for.
    SessionKey target(SessionKey session) {
        return creations.aliases().session(session);
    }

    /// Stores rounds of one user in one transaction, after the creations of the user.
    ///
    /// @param userId id with which the rounds were added
    /// @param timeout longest time of one statement
    /// @return sessions that do not exist; their rounds were not stored
    Set<SessionKey> store(UUID userId, List<BufferedRound> rounds, Duration timeout) {
        creations.settle(userId);
        if (rounds.isEmpty()) {
            return Set.of();
        }
        IdAliases aliases = creations.aliases();
        UUID owner = aliases.user(userId);
        Set<DerivedLayer> layers = MemoryService.enabled(tunables.get().layers());
        List<StoredRound> resolved = rounds.stream()
                .map(round -> round.toStored(layers).in(aliases.session(round.session()))).toList();
        Set<SessionKey> missing = health.observe(() -> memory.store(owner, resolved, timeout));
        if (!owner.equals(userId)) {
            states.find(owner).ifPresent(UserState::refresh);
        }
        return missing;
    }
}
