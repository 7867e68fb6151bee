package dev.memfuse.server.mcp.tool;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.config.schema.TypedText;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Directories.SessionEntry;
import dev.memfuse.engine.Directories.SessionFilter;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.server.rest.RecentCache;

/// The sessions of users, by name or id. Keeps what it found for a minute. Thread-safe.
final class UserSessions {
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final RecentCache<SessionKey, Session> byId = new RecentCache<>(MAX_AGE);
    private final RecentCache<Named, Session> byName = new RecentCache<>(MAX_AGE);

    private record Named(UUID userId, String name) {}

    /// Returns a session of the user.
    ///
    /// @param nameOrId an id is tried first
    Optional<Session> find(Memory memory, String nameOrId) {
        UUID user = memory.user().id();
        return Arguments.idIn(nameOrId).flatMap(id -> find(memory.engine(), new SessionKey(user, id)))
                .or(() -> byName.get(new Named(user, nameOrId), name -> read(memory.engine(), name)));
    }

    private static Optional<Session> read(MemoryEngine engine, Named name) {
        return engine.directories().sessions(new SessionFilter(Optional.of(name.userId()), Optional.empty(),
                Optional.empty(), Optional.of(name.name()), 1)).stream().map(SessionEntry::session).findFirst();
    }

    /// Returns a session of the user.
    ///
    /// @throws ArgumentException when there is none
    Session require(Memory memory, String nameOrId) {
        return find(memory, nameOrId).orElseThrow(() -> new ArgumentException("There is no session '"
                + TypedText.excerpt(nameOrId, 60) + "'. list_sessions shows the sessions."));
    }

    /// Returns a session by its key; empty when it was deleted.
    Optional<Session> find(MemoryEngine engine, SessionKey key) {
        return byId.get(key, wanted -> engine.directories().session(wanted).map(SessionEntry::session));
    }

    /// Returns the name of a session, or its id when the name cannot be read.
    String name(MemoryEngine engine, SessionKey key) {
        try {
            return find(engine, key).map(Session::name).orElse(key.sessionId().toString());
        } catch (StorageUnavailableException e) {
            return key.sessionId().toString();
        }
    }

    /// Returns a session, and creates it when it is missing. Works while the database is away too.
    ///
    /// @param nameOrId a name creates a session
    /// @param agent name of its agent, which is created when it is missing
    /// @throws ArgumentException when there is no session with an id
    Session open(Memory memory, String nameOrId, String agent) {
        if (Arguments.idIn(nameOrId).isPresent()) {
            return require(memory, nameOrId);
        }
        try {
            return find(memory, nameOrId).orElseGet(() -> create(memory, nameOrId, agent));
        } catch (StorageUnavailableException e) {
            return create(memory, nameOrId, agent);
        }
    }

    private Session create(Memory memory, String name, String agent) {
        UUID user = memory.user().id();
        try {
            return memory.engine().createSession(user, agent(memory, agent).id(), name);
        } catch (DuplicateNameException e) {
            // Another call has just created it.
            byName.remove(new Named(user, name));
            return find(memory, name).orElseThrow(() -> e);
        }
    }

    private static Agent agent(Memory memory, String name) {
        UUID user = memory.user().id();
        return memory.engine().agent(user, name).orElseGet(() -> {
            try {
                return memory.engine().createAgent(user, name);
            } catch (DuplicateNameException e) {
                return memory.engine().agent(user, name).orElseThrow(() -> e);
            }
        });
    }

    /// Forgets a session that is gone.
    void forget(Session session) {
        byId.remove(session.key());
        byName.remove(new Named(session.key().userId(), session.name()));
    }
}
