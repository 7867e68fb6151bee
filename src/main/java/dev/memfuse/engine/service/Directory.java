package dev.memfuse.engine.service;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.section.Durability;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.exception.WriteRefusedException;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.spi.MemoryStore;
import org.jspecify.annotations.Nullable;

/// Users, agents and sessions. While the database is away and adds go to the journal, so do creations, as
/// [UnsettledCreations]. Thread-safe.
final class Directory {
    private final MemoryStore store;
    private final UnsettledCreations creations;
    private final StorageHealth health;
    private final UserStates states;
    private final Tunables tunables;
    private final KnownNames known = new KnownNames();

    Directory(MemoryStore store, UnsettledCreations creations, StorageHealth health, UserStates states,
            Tunables tunables) {
        this.store = store;
        this.creations = creations;
        this.health = health;
        this.states = states;
        this.tunables = tunables;
    }

    User createUser(String name) {
        return createUser(name, user -> store.accounts().create(user));
    }

    /// Creates a user with the mark of a load. While the database is away the user gets no mark.
    User createUser(String name, String run) {
        return createUser(name, user -> store.loads().create(user, run));
    }

    private User createUser(String name, Consumer<User> create) {
        User user = new User(newId(), name, now());
        if (tryStore(() -> {
            creations.settleUser(name);
            create.accept(user);
        })) {
            known.add(user);
            return user;
        }
        if (known.user(name).isPresent() || !creations.addUser(user)) {
            throw new DuplicateNameException("There is already a user named " + name + ".");
        }
        return user;
    }

    /// Creates a user with a description, which no journal keeps: the database must be there.
    User createDescribed(String name, String description) {
        User user = new User(newId(), name, now());
        creations.settleUser(name);
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
            creations.settle(userId);
            store.accounts().create(agent);
        })) {
            known.add(agent);
            return agent;
        }
        if (known.agent(userId, name).isPresent()) {
            throw new DuplicateNameException("There is already an agent named " + name + ".");
        }
        require(known.hasUser(userId) || creations.of(userId).map(PendingCreations::hasUser).orElse(false), "user");
        creations.append(new JournalEntry.CreatedAgent(agent));
        return agent;
    }

    Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        UUID id = newId();
        Session session = new Session(new SessionKey(userId, id), agentId,
                name == null ? Session.generatedName(id) : name, now());
        if (tryStore(() -> {
            creations.settle(userId);
            store.accounts().create(session);
        })) {
            known.add(session.key(), agentId);
        } else {
            require(known.hasAgent(userId, agentId)
                    || creations.of(userId).map(of -> of.hasAgent(agentId)).orElse(false),
                    "agent");
            creations.append(new JournalEntry.CreatedSession(session));
        }
        states.find(userId).ifPresent(state -> {
            state.sessions().clearAgents();
            state.sessions().add(session.key());
        });
        return session;
    }

    Optional<User> user(String name) {
        Optional<User> found = read(() -> {
            creations.settleUser(name);
            return store.accounts().user(name);
        }, () -> creations.user(name).or(() -> known.user(name)));
        if (!health.isDown()) {
            found.ifPresentOrElse(known::add, () -> known.removeUser(name));
        }
        return found;
    }

    Optional<User> user(UUID userId) {
        return read(() -> {
            creations.settle(userId);
            return store.accounts().user(userId);
        }, () -> creations.of(userId).flatMap(PendingCreations::user));
    }

    Optional<Agent> agent(UUID userId, String name) {
        Optional<Agent> found = read(() -> {
            creations.settle(userId);
            return store.accounts().agent(userId, name);
        }, () -> creations.of(userId).flatMap(of -> of.agent(name)).or(() -> known.agent(userId, name)));
        if (!health.isDown()) {
            found.ifPresent(known::add);
        }
        return found;
    }

    List<Session> sessions(UUID userId) {
        return creations.of(userId).filter(PendingCreations::hasUser).map(PendingCreations::sessions)
                .orElseGet(() -> store.accounts().sessions(userId));
    }

    /// Returns whether a session exists; while the database is away, whether it was seen or created.
    ///
    /// @throws StorageUnavailableException when that is unknown, since the database is away
    boolean exists(SessionKey key) {
        if (creations.of(key.userId()).map(of -> of.hasSession(key)).orElse(false)) {
            return true;
        }
        try {
            Optional<Session> found = store.accounts().session(key);
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

    private static UUID newId() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    /// Truncated to microseconds, PostgreSQL's precision, so that a created record equals the record read later.
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
