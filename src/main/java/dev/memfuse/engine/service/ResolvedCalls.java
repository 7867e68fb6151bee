package dev.memfuse.engine.service;

import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs calls with the ids that the ids of their callers stand for (ADR 0026), after what was created for their user
/// while the database was away is stored. A call that began before it was stored, or that used an alias which another
/// engine stored, runs a second time when it missed something. Thread-safe.
final class ResolvedCalls {
    private static final Logger LOG = LoggerFactory.getLogger(ResolvedCalls.class);

    private final UnsettledCreations creations;
    private final UserStates states;
    private final BufferDrain drain;
    private final StorageHealth health;

    ResolvedCalls(UnsettledCreations creations, UserStates states, BufferDrain drain, StorageHealth health) {
        this.creations = creations;
        this.states = states;
        this.drain = drain;
        this.health = health;
    }

    /// Runs a call that reads.
    ///
    /// @param empty whether a result may be one for an unknown id
    <T> T read(UUID userId, Function<UUID, T> call, Predicate<? super T> empty) {
        return read(userId, Set.of(userId), call, empty);
    }

    /// Runs a call that reads.
    ///
    /// @param ids all ids that may be aliases
    /// @param empty whether a result may be one for an unknown id
    <T> T read(UUID userId, Set<UUID> ids, Function<UUID, T> call, Predicate<? super T> empty) {
        return repeated(userId, ids, () -> call.apply(user(userId)), empty, true);
    }

    /// Runs a call that reads and fails for an unknown session.
    <T> T read(SessionKey session, Function<SessionKey, T> call) {
        return repeated(session.userId(), ids(session), () -> call.apply(session(session)), _ -> false, true);
    }

    /// Runs a call that writes, and that fails without an effect for an unknown user or other id.
    ///
    /// @param ids all ids that may be aliases
    <T> T write(UUID userId, Set<UUID> ids, Function<UUID, T> call) {
        return repeated(userId, ids, () -> call.apply(user(userId)), _ -> false, false);
    }

    /// Runs a call that writes, and that fails without an effect for an unknown session.
    <T> T write(SessionKey session, Function<SessionKey, T> call) {
        return repeated(session.userId(), ids(session), () -> call.apply(session(session)), _ -> false, false);
    }

    /// Runs a call that needs everything of a user in the database.
    ///
    /// @throws StorageUnavailableException when the database is away
    <T> T stored(UUID userId, Function<UUID, T> call) {
        creations.settle(userId);
        creations.findAliases(Set.of(userId));
        return call.apply(user(userId));
    }

    /// Runs a call that needs everything of a session in the database.
    ///
    /// @throws StorageUnavailableException when the database is away
    <T> T stored(SessionKey session, Function<SessionKey, T> call) {
        creations.settle(session.userId());
        creations.findAliases(ids(session));
        return call.apply(session(session));
    }

    private static Set<UUID> ids(SessionKey session) {
        return session.userId().equals(session.sessionId())
                ? Set.of(session.userId())
                : Set.of(session.userId(), session.sessionId());
    }

    private <T> T repeated(UUID userId, Set<UUID> ids, Supplier<T> call, Predicate<? super T> empty, boolean reads) {
        boolean settled = creations.settleIfPossible(userId);
        T result;
        try {
            result = call.get();
        } catch (NotFoundException e) {
            if (settled && !findAliases(ids)) {
                throw e;
            }
            creations.settle(userId);
            return call.get();
        }
        if (!reads || health.isDown()) {
            return result;
        }
        boolean missed = !settled && creations.settleIfPossible(userId);
        return missed || (empty.test(result) && findAliases(ids)) ? call.get() : result;
    }

    /// Returns whether one of the ids is an alias that was not known here.
    private boolean findAliases(Set<UUID> ids) {
        try {
            return creations.findAliases(ids);
        } catch (StorageUnavailableException e) {
            LOG.debug("Engine: {}", e.getMessage());
            return false;
        }
    }

    private UUID user(UUID userId) {
        UUID owner = creations.aliases().user(userId);
        if (!owner.equals(userId)) {
            storeBuffered(userId);
        }
        return owner;
    }

    private SessionKey session(SessionKey session) {
        SessionKey target = creations.aliases().session(session);
        if (!target.equals(session)
                && states.find(session.userId()).filter(state -> state.buffers().sessions().contains(session))
                        .isPresent()) {
            storeBuffered(session.userId());
        }
        return target;
    }

    /// Rounds that were added with an alias are in buffers of that alias, which calls with its target do not read.
    private void storeBuffered(UUID userId) {
        drain.drain(userId).map(EngineException::getMessage)
                .ifPresent(failure -> LOG.debug("Engine: rounds of an alias stay in its buffers: {}", failure));
    }
}
