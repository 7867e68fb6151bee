package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Directories;
import dev.memfuse.engine.Directories.ClientSession;
import dev.memfuse.engine.Directories.SessionEntry;
import dev.memfuse.engine.Directories.SessionFilter;
import dev.memfuse.engine.Directories.UserEntry;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.NotFoundException;

/// What storage holds for servers: descriptions, and sessions by their id; see [Directories]. Thread-safe; every method
/// blocks.
public interface DirectoryStore {

    /// Stores a new user with its description.
    ///
    /// @throws DuplicateNameException when the name is taken
    void create(User user, String description);

    /// Returns users with greater ids than `after`, in the order of their ids. Reads across users.
    List<UserEntry> users(Optional<UUID> after, int limit);

    /// Returns a user with its description.
    Optional<UserEntry> userEntry(UUID userId);

    /// Changes the name or the description of a user.
    ///
    /// @throws NotFoundException when there is no such user
    /// @throws DuplicateNameException when the name is taken
    UserEntry updateUser(UUID userId, Optional<String> name, Optional<String> description);

    /// Returns an agent of a user.
    Optional<Agent> agent(UUID userId, UUID agentId);

    /// Returns sessions in the order of their ids. Reads across users when the filter names none.
    List<SessionEntry> sessions(SessionFilter filter);

    /// Returns the sessions of all users with this id.
    List<SessionEntry> sessionsById(UUID sessionId);

    /// Returns a session.
    Optional<SessionEntry> sessionEntry(SessionKey key);

    /// Returns sessions of a user with the agents that clients know; see [Directories#clientSessions].
    List<ClientSession> clientSessions(UUID userId, Collection<UUID> sessionIds);

    /// Changes the name of a session.
    ///
    /// @throws NotFoundException when the user has no such session
    /// @throws DuplicateNameException when the user has another session of this name
    SessionEntry renameSession(SessionKey key, String name);
}
