package dev.memfuse.engine.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.journal.JournalEntry.CreatedAgent;
import dev.memfuse.engine.journal.JournalEntry.CreatedSession;
import dev.memfuse.engine.journal.JournalEntry.CreatedUser;
import dev.memfuse.engine.journal.JournalEntry.Creation;
import dev.memfuse.engine.journal.RecoveredCreation;
import dev.memfuse.engine.spi.Creations;
import dev.memfuse.engine.spi.IdAlias;
import org.jspecify.annotations.Nullable;

/// Creations of one user that are in the journal and not in the database yet. Thread-safe.
final class PendingCreations {
    private final UUID userId;
    private @Nullable User user;
    private final List<Agent> agents = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<Long> lsns = new ArrayList<>();
    private boolean settled;

    /// @param userId id that was given out for the user
    PendingCreations(UUID userId) {
        this.userId = userId;
    }

    UUID userId() {
        return userId;
    }

    /// Appends a creation to the journal and keeps it.
    ///
    /// @param append appends it and returns its log sequence number
    /// @return false when the earlier creations were settled meanwhile, and with them this object
    /// @throws DuplicateNameException when an earlier creation has the name
    synchronized boolean add(Creation creation, ToLongFunction<Creation> append) {
        if (settled) {
            return false;
        }
        requireFreeName(creation);
        keep(append.applyAsLong(creation), creation);
        return true;
    }

    /// Keeps a creation of an earlier process.
    synchronized void restore(RecoveredCreation recovered) {
        keep(recovered.lsn(), recovered.creation());
    }

    private void keep(long lsn, Creation creation) {
        switch (creation) {
            case CreatedUser(User created) -> user = created;
            case CreatedAgent(Agent created) -> agents.add(created);
            case CreatedSession(Session created) -> sessions.add(created);
        }
        lsns.add(lsn);
    }

    private void requireFreeName(Creation creation) {
        boolean taken = switch (creation) {
            case CreatedUser _ -> user != null;
            case CreatedAgent(Agent created) -> agents.stream().anyMatch(agent -> agent.name().equals(created.name()));
            case CreatedSession(Session created) ->
                sessions.stream().anyMatch(session -> session.name().equals(created.name()));
        };
        if (taken) {
            throw new DuplicateNameException("There is already one of this name.");
        }
    }

    /// Stores the creations and reports their aliases and entries. Has no effect when they are settled.
    ///
    /// @param store stores them; when it fails they remain
    synchronized void settle(Function<Creations, List<IdAlias>> store, Consumer<List<IdAlias>> found,
            Consumer<Long> release) {
        if (settled) {
            return;
        }
        if (!lsns.isEmpty()) {
            found.accept(store.apply(
                    new Creations(userId, Optional.ofNullable(user), List.copyOf(agents), List.copyOf(sessions))));
            lsns.forEach(release);
        }
        settled = true;
    }

    /// Marks an object without creations as settled. Returns false when it has some.
    synchronized boolean settleIfEmpty() {
        settled |= lsns.isEmpty();
        return settled;
    }

    synchronized Optional<User> user() {
        return Optional.ofNullable(user);
    }

    synchronized boolean hasUser() {
        return user != null;
    }

    synchronized Optional<Agent> agent(String name) {
        return agents.stream().filter(agent -> agent.name().equals(name)).findFirst();
    }

    synchronized boolean hasAgent(UUID agentId) {
        return agents.stream().anyMatch(agent -> agent.id().equals(agentId));
    }

    synchronized boolean hasSession(SessionKey key) {
        return sessions.stream().anyMatch(session -> session.key().equals(key));
    }

    synchronized List<Session> sessions() {
        return List.copyOf(sessions);
    }
}
