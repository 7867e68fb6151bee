package dev.memfuse.engine.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.memfuse.background.Backoff;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.journal.RecoveredCreation;
import dev.memfuse.engine.spi.AliasStore;
import dev.memfuse.engine.spi.IdAlias;
import dev.memfuse.engine.validation.TextCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Users, agents and sessions that are in the journal and not in the database yet, since it was away when they were
/// created. Their ids are final, and their names are checked when they are stored. An id whose name exists by then
/// becomes an alias of the one that has the name (ADR 0026). Thread-safe.
final class UnsettledCreations {
    private static final Logger LOG = LoggerFactory.getLogger(UnsettledCreations.class);

    private final AliasStore store;
    private final Journal journal;
    private final StorageHealth health;
    private final UserStates states;
    private final Consumer<UUID> onAliases;
    private final IdAliases aliases = new IdAliases();
    private final Map<UUID, PendingCreations> byUser = new ConcurrentHashMap<>();
    private final Backoff backoff = new Backoff();
    /// Created users by name.
    private final Map<String, User> users = new ConcurrentHashMap<>();

    /// @param onAliases called with a user for whom aliases were stored, whose buffered rounds may belong to others now
    UnsettledCreations(AliasStore store, Journal journal, StorageHealth health, UserStates states,
            Consumer<UUID> onAliases) {
        this.store = store;
        this.journal = journal;
        this.health = health;
        this.states = states;
        this.onAliases = onAliases;
    }

    /// Resumes what an earlier process left in the journal. Called once, before the engine accepts operations.
    void recover() {
        aliases.add(store.all());
        for (RecoveredCreation recovered : journal.recoveredCreations()) {
            JournalEntry.Creation creation = canonical(recovered.creation());
            byUser.computeIfAbsent(creation.userId(), PendingCreations::new)
                    .restore(new RecoveredCreation(recovered.lsn(), creation));
            if (creation instanceof JournalEntry.CreatedUser(User user)) {
                users.put(user.name(), user);
            }
        }
        settleAll();
    }

    /// Returns a creation with the canonical form of its name: an earlier version may have written another.
    private static JournalEntry.Creation canonical(JournalEntry.Creation creation) {
        return switch (creation) {
            case JournalEntry.CreatedUser(User user) -> new JournalEntry.CreatedUser(
                    new User(user.id(), TextCheck.canonicalName(user.name()), user.createdAt()));
            case JournalEntry.CreatedAgent(Agent agent) -> new JournalEntry.CreatedAgent(new Agent(agent.userId(),
                    agent.id(), TextCheck.canonicalName(agent.name()), agent.createdAt()));
            case JournalEntry.CreatedSession(Session session) -> new JournalEntry.CreatedSession(new Session(
                    session.key(), session.agentId(), TextCheck.canonicalName(session.name()), session.createdAt()));
        };
    }

    /// Returns the aliases of ids.
    IdAliases aliases() {
        return aliases;
    }

    /// Returns the created user with this name.
    Optional<User> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /// Appends a user to the journal. Returns false when there is one with this name.
    boolean addUser(User user) {
        if (users.putIfAbsent(user.name(), user) != null) {
            return false;
        }
        boolean added = false;
        try {
            append(new JournalEntry.CreatedUser(user));
            added = true;
        } finally {
            if (!added) {
                users.remove(user.name(), user);
            }
        }
        return true;
    }

    /// Appends a creation to the journal.
    ///
    /// @throws DuplicateNameException when an earlier creation of the user has the name
    void append(JournalEntry.Creation creation) {
        while (true) {
            PendingCreations ofUser = byUser.computeIfAbsent(creation.userId(), PendingCreations::new);
            try {
                if (ofUser.add(creation, journal::append)) {
                    return;
                }
            } finally {
                if (ofUser.settleIfEmpty()) {
                    byUser.remove(creation.userId(), ofUser);
                }
            }
        }
    }

    /// Returns the creations of a user.
    Optional<PendingCreations> of(UUID userId) {
        return Optional.ofNullable(byUser.get(userId));
    }

    /// Returns whether creations of a user are in the journal only.
    boolean hasPending(UUID userId) {
        return byUser.containsKey(userId);
    }

    /// Stores the pending creations of a user, unless the database is away. Returns whether none are left.
    boolean settleIfPossible(UUID userId) {
        if (!byUser.containsKey(userId)) {
            return true;
        }
        if (health.isDown()) {
            return false;
        }
        try {
            settle(userId);
            return true;
        } catch (StorageUnavailableException e) {
            LOG.debug("Engine: {}", e.getMessage());
            return false;
        }
    }

    /// Stores the pending creations of the user that was created with this name.
    ///
    /// @throws StorageUnavailableException when the database is away; they remain in the journal
    void settleUser(String name) {
        User created = users.get(name);
        if (created != null) {
            settle(created.id());
        }
    }

    /// Stores the pending creations of all created users.
    ///
    /// @throws StorageUnavailableException when the database is away; they remain in the journal
    void settleUsers() {
        users.values().forEach(user -> settle(user.id()));
    }

    /// Stores the pending creations of a user; has no effect when there are none.
    ///
    /// @throws StorageUnavailableException when the database is away; they remain in the journal
    void settle(UUID userId) {
        PendingCreations ofUser = byUser.get(userId);
        if (ofUser == null) {
            return;
        }
        ofUser.settle(store::settle, found -> found(userId, found), journal::release);
        byUser.remove(userId, ofUser);
        users.values().removeIf(user -> user.id().equals(userId));
    }

    private void found(UUID userId, List<IdAlias> found) {
        if (!found.isEmpty()) {
            add(found);
            onAliases.accept(userId);
        }
    }

    private void add(List<IdAlias> found) {
        aliases.add(found);
        for (IdAlias alias : found) {
            LOG.info("Engine: {} stands for {}, which had its name before", alias.alias(), alias.target());
            // Rounds of the alias now belong to the target.
            states.find(alias.userId()).ifPresent(UserState::refresh);
            states.find(alias.alias()).ifPresent(UserState::refresh);
        }
    }

    /// Looks ids up among the aliases in the database, which another engine may have stored. Returns whether one of
    /// them is an alias that was not known here.
    ///
    /// @throws StorageUnavailableException when the database is away
    boolean findAliases(Set<UUID> ids) {
        Set<UUID> unknown = aliases.without(ids);
        List<IdAlias> found = unknown.isEmpty() ? List.of() : store.of(unknown);
        add(found);
        return !found.isEmpty();
    }

    /// Returns whether pending creations could not be stored and the wait after that is over.
    boolean retryIsDue() {
        return backoff.due();
    }

    /// Stores the pending creations of all users, as far as the database allows.
    void settleAll() {
        backoff.succeeded();
        for (UUID userId : byUser.keySet()) {
            try {
                settle(userId);
            } catch (StorageUnavailableException e) {
                backoff.failed();
                LOG.debug("Engine: {}", e.getMessage());
                return;
            } catch (EngineException e) {
                backoff.failed();
                LOG.warn("Engine: what was created for user {} could not be stored; it stays in the journal. {}",
                        userId, e.getMessage());
            }
        }
    }
}
