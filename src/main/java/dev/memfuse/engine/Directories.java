package dev.memfuse.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.validation.ValueCheck;

/// Users, agents and sessions as a server needs them whose clients list all users and name a session by its id alone.
/// The listings read across users and return names, descriptions and times, no messages.
///
/// Thread-safe; every method blocks for the database and fails with a [StorageUnavailableException] while it is away.
public interface Directories {
    /// Maximum length of a description in bytes of UTF-8.
    int MAX_DESCRIPTION_BYTES = 10_000;

    /// A user with its description.
    ///
    /// @param updatedAt time of the last change of name or description
    record UserEntry(User user, Optional<String> description, Instant updatedAt) {}

    /// A session.
    ///
    /// @param updatedAt time of the last change of the name
    record SessionEntry(Session session, Instant updatedAt) {}

    /// A session and the id by which clients over the network know its agent: that of the shared agent with the same id
    /// or name, if there is one.
    record ClientSession(SessionEntry entry, UUID agentId) {}

    /// Selects sessions. Empty conditions match all.
    ///
    /// @param userId owner
    /// @param agentId id of the agent
    /// @param agentName name of an agent that matches as well as `agentId`; without an `agentId` it has no effect
    /// @param name name of the session
    /// @param limit maximum number of sessions, 1..10000
    record SessionFilter(Optional<UUID> userId, Optional<UUID> agentId, Optional<String> agentName,
            Optional<String> name, int limit) {
        private static final int MAX_LIMIT = 10_000;

        /// @throws InvalidValueException when a value is null or out of range
        public SessionFilter {
            ValueCheck.present("userId", userId);
            ValueCheck.present("agentId", agentId);
            ValueCheck.present("agentName", agentName);
            ValueCheck.present("name", name);
            ValueCheck.range("limit", limit, 1, MAX_LIMIT);
        }
    }

    /// Creates a user with a description.
    ///
    /// @param description at most [#MAX_DESCRIPTION_BYTES]
    /// @throws DuplicateNameException when the name is taken
    UserEntry createUser(String name, String description);

    /// Returns users in the order of their ids, which is that of their creation.
    ///
    /// @param after returns the users with greater ids; empty starts at the first
    /// @param limit maximum number of users, 1..10000
    List<UserEntry> users(Optional<UUID> after, int limit);

    /// Returns the user with this id, or the user that it stands for.
    Optional<UserEntry> user(UUID userId);

    /// Changes the name or the description of a user; what is empty stays.
    ///
    /// @throws NotFoundException when there is no such user
    /// @throws DuplicateNameException when the name is taken
    UserEntry updateUser(UUID userId, Optional<String> name, Optional<String> description);

    /// Returns an agent of a user.
    Optional<Agent> agent(UUID userId, UUID agentId);

    /// Creates an agent of a user with a given id. Works also while the database is away, as
    /// [MemoryEngine#createAgent].
    ///
    /// @throws DuplicateNameException when the user has an agent of this name or id
    Agent createAgent(UUID userId, UUID agentId, String name);

    /// Returns sessions in the order of their ids, which is that of their creation.
    List<SessionEntry> sessions(SessionFilter filter);

    /// Returns the sessions with this id, or the one that it stands for. Several users can have a session of one id:
    /// an import keeps the ids of the exported user.
    List<SessionEntry> sessionsById(UUID sessionId);

    /// Returns a session.
    Optional<SessionEntry> session(SessionKey session);

    /// Returns sessions of a user with the agents that clients know, in one statement, in any order; unknown ids are
    /// left out.
    List<ClientSession> clientSessions(UUID userId, Collection<UUID> sessionIds);

    /// Changes the name of a session.
    ///
    /// @throws NotFoundException when the user has no such session
    /// @throws DuplicateNameException when the user has another session of this name
    /// @throws EngineException when the database does not answer
    SessionEntry renameSession(SessionKey session, String name);
}
