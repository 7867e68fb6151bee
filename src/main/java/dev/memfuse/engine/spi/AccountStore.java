package dev.memfuse.engine.spi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;

/// Users with their agents and sessions. Thread-safe; every method blocks; every statement names the user. Failures
/// are [EngineException]s.
public interface AccountStore {

    /// Stores a new user.
    ///
    /// @throws DuplicateNameException when the name is taken
    void create(User user);

    /// Returns the user with this name.
    Optional<User> user(String name);

    /// Returns the user with this id.
    Optional<User> user(UUID userId);

    /// Stores a new agent of a user.
    ///
    /// @throws NotFoundException when there is no such user
    /// @throws DuplicateNameException when the user has an agent of this name
    void create(Agent agent);

    /// Returns the user's agent with this name.
    Optional<Agent> agent(UUID userId, String name);

    /// Stores a new session.
    ///
    /// @throws NotFoundException when the user has no such agent
    /// @throws DuplicateNameException when the name is taken
    void create(Session session);

    /// Returns a session.
    Optional<Session> session(SessionKey key);

    /// Returns the user's sessions, oldest first.
    List<Session> sessions(UUID userId);
}
