package dev.memfuse.engine.service;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.background.Backoff;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.section.Durability;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.exception.WriteRefusedException;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.journal.RecoveredCreation;
import dev.memfuse.engine.spi.IdAlias;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.validation.TextCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Users, agents and sessions. While the database is away and adds go to the journal, so do creations: their ids are
/// final, and their names are checked when they are stored. An id whose name exists by then becomes an alias of the one
/// that has the name (ADR 0026). Thread-safe.
final class Directory {
    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

    private final MemoryStore store;
    private final Journal journal;
    private final StorageHealth health;
    private final UserStates states;
    private final Tunables tunables;
    private final Consumer<UUID> onAliases;
    private final IdAliases aliases = new IdAliases();
    private final KnownNames known = new KnownNames();
    private final Map<UUID, PendingCreations> pending = new ConcurrentHashMap<>();
    private final Backoff backoff = new Backoff();
    /// Created users that are not stored yet, by name.
    private final Map<String, User> pendingUsers = new ConcurrentHashMap<>();

    /// @param onAliases called with a user for whom aliases were stored, whose buffered rounds may belong to others now
    Directory(MemoryStore store, Journal journal, StorageHealth health, UserStates states, Tunables tunables,
            Consumer<UUID> onAliases) {
        this.store = store;
        this.journal = journal;
        this.health = health;
        this.states = states;
        this.tunables = tunables;
        this.onAliases = onAliases;
    }

    /// Resumes what an earlier process left in the journal. Called once, before the engine accepts operations.
    void recover() {
        aliases.add(store.aliases());
        for (RecoveredCreation recovered : journal.recoveredCreations()) {
            JournalEntry.Creation creation = canonical(recovered.creation());
            pending.computeIfAbsent(creation.userId(), PendingCreations::new)
                    .restore(new RecoveredCreation(recovered.lsn(), creation));
            if (creation instanceof JournalEntry.CreatedUser(User user)) {
                pendingUsers.put(user.name(), user);
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

    User createUser(String name) {
        return createUser(name, user -> store.create(user));
    }

    /// Creates a user with the mark of a load. While the database is away the user gets no mark.
    User createUser(String name, String run) {
        return createUser(name, user -> store.createMarked(user, run));
    }

    private User createUser(String name, Consumer<User> create) {
        User user = new User(newId(), name, now());
        if (tryStore(() -> {
            settleUser(name);
            create.accept(user);
        })) {
            known.add(user);
            return user;
        }
        if (known.user(name).isPresent() || pendingUsers.putIfAbsent(name, user) != null) {
            throw new DuplicateNameException("There is already a user named " + name + ".");
        }
        boolean added = false;
        try {
            append(new JournalEntry.CreatedUser(user));
            added = true;
        } finally {
            if (!added) {
                pendingUsers.remove(name, user);
            }
        }
        return user;
    }

    /// Creates a user with a description, which no journal keeps: the database must be there.
    User createDescribed(String name, String description) {
        User user = new User(newId(), name, now());
        settleUser(name);
        store.directories().create(user, description);
        known.add(user);
        return user;
    }

    /// Replaces the name of a user.
    void renamed(User user) {
        known.rename(user);
    }

    Agent createAgent(UUID userId, String name) {
        return createAgent(userId, newId(), name);
    }

    Agent createAgent(UUID userId, UUID agentId, String name) {
        Agent agent = new Agent(userId, agentId, name, now());
        if (tryStore(() -> {
            settle(userId);
            store.create(agent);
        })) {
            known.add(agent);
            return agent;
        }
        if (known.agent(userId, name).isPresent()) {
            throw new DuplicateNameException("There is already an agent named " + name + ".");
        }
        require(known.hasUser(userId) || of(userId).map(PendingCreations::hasUser).orElse(false), "user");
        append(new JournalEntry.CreatedAgent(agent));
        return agent;
    }

    Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        UUID id = newId();
        Session session = new Session(new SessionKey(userId, id), agentId,
                name == null ? Session.generatedName(id) : name, now());
        if (tryStore(() -> {
            settle(userId);
            store.create(session);
        })) {
            known.add(session.key(), agentId);
        } else {
            require(known.hasAgent(userId, agentId) || of(userId).map(of -> of.hasAgent(agentId)).orElse(false),
                    "agent");
            append(new JournalEntry.CreatedSession(session));
        }
        states.find(userId).ifPresent(state -> {
            state.sessions().clearAgents();
            state.sessions().add(session.key());
        });
        return session;
    }

    Optional<User> user(String name) {
        Optional<User> found = read(() -> {
            settleUser(name);
            return store.user(name);
        }, () -> Optional.ofNullable(pendingUsers.get(name)).or(() -> known.user(name)));
        if (!health.isDown()) {
            found.ifPresentOrElse(known::add, () -> known.removeUser(name));
        }
        return found;
    }

    Optional<User> user(UUID userId) {
        return read(() -> {
            settle(userId);
            return store.user(userId);
        }, () -> of(userId).flatMap(PendingCreations::user));
    }

    Optional<Agent> agent(UUID userId, String name) {
        Optional<Agent> found = read(() -> {
            settle(userId);
            return store.agent(userId, name);
        }, () -> of(userId).flatMap(of -> of.agent(name)).or(() -> known.agent(userId, name)));
        if (!health.isDown()) {
            found.ifPresent(known::add);
        }
        return found;
    }

    List<Session> sessions(UUID userId) {
        return of(userId).filter(PendingCreations::hasUser).map(PendingCreations::sessions)
                .orElseGet(() -> store.sessions(userId));
    }

    /// Returns whether a session exists; while the database is away, whether it was seen or created.
    ///
    /// @throws StorageUnavailableException when that is unknown, since the database is away
    boolean exists(SessionKey key) {
        if (of(key.userId()).map(of -> of.hasSession(key)).orElse(false)) {
            return true;
        }
        try {
            Optional<Session> found = store.session(key);
            found.ifPresentOrElse(session -> known.add(key, session.agentId()), () -> known.remove(key));
            return found.isPresent();
        } catch (StorageUnavailableException e) {
            if (!known.hasSession(key) || !health.checkDown()) {
                throw e;
            }
            return true;
        }
    }

    /// Forgets a deleted session.
    void remove(SessionKey session) {
        known.remove(session);
    }

    /// Forgets a deleted user.
    void remove(UUID userId) {
        known.removeUser(userId);
    }

    /// Reads from the database, or from the fallback while it is away and the fallback has an answer.
    private <T> Optional<T> read(Supplier<Optional<T>> read, Supplier<Optional<T>> fallback) {
        try {
            return read.get();
        } catch (StorageUnavailableException e) {
            if (!(e instanceof WriteRefusedException) && !health.checkDown()) {
                throw e;
            }
            Optional<T> remembered = fallback.get();
            if (remembered.isEmpty()) {
                throw e;
            }
            return remembered;
        }
    }

    /// Stores a creation. Returns false when the journal must take it, since the database is away.
    ///
    /// @throws StorageUnavailableException when the database is away and adds do not go to the journal
    private boolean tryStore(Runnable create) {
        BufferConfig buffer = tunables.get().buffer();
        boolean journaled = !buffer.bypassMode() && buffer.durability() == Durability.JOURNAL;
        if (journaled && health.isDown()) {
            return false;
        }
        try {
            create.run();
            return true;
        } catch (StorageUnavailableException e) {
            if (journaled && (e instanceof WriteRefusedException || health.checkDown())) {
                // It may be stored nevertheless; its id is the same then.
                return false;
            }
            throw e;
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new StorageUnavailableException("The database is away, and this program has not seen the " + what
                    + " before. Try again when the database is back.", "", null);
        }
    }

    private void append(JournalEntry.Creation creation) {
        while (true) {
            PendingCreations ofUser = pending.computeIfAbsent(creation.userId(), PendingCreations::new);
            try {
                if (ofUser.add(creation, journal::append)) {
                    return;
                }
            } finally {
                if (ofUser.settleIfEmpty()) {
                    pending.remove(creation.userId(), ofUser);
                }
            }
        }
    }

    private Optional<PendingCreations> of(UUID userId) {
        return Optional.ofNullable(pending.get(userId));
    }

    /// Returns whether creations of a user are in the journal only.
    boolean hasPending(UUID userId) {
        return pending.containsKey(userId);
    }

    /// Stores the pending creations of a user, unless the database is away. Returns whether none are left.
    boolean settleIfPossible(UUID userId) {
        if (!pending.containsKey(userId)) {
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
        User created = pendingUsers.get(name);
        if (created != null) {
            settle(created.id());
        }
    }

    /// Stores the pending creations of all created users.
    ///
    /// @throws StorageUnavailableException when the database is away; they remain in the journal
    void settleUsers() {
        pendingUsers.values().forEach(user -> settle(user.id()));
    }

    /// Stores the pending creations of a user; has no effect when there are none.
    ///
    /// @throws StorageUnavailableException when the database is away; they remain in the journal
    void settle(UUID userId) {
        PendingCreations ofUser = pending.get(userId);
        if (ofUser == null) {
            return;
        }
        ofUser.settle(store::settle, found -> found(userId, found), journal::release);
        pending.remove(userId, ofUser);
        pendingUsers.values().removeIf(user -> user.id().equals(userId));
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
        List<IdAlias> found = unknown.isEmpty() ? List.of() : store.aliases(unknown);
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
        for (UUID userId : pending.keySet()) {
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

    private static UUID newId() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    /// Truncated to microseconds, PostgreSQL's precision, so that a created record equals the record read later.
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
