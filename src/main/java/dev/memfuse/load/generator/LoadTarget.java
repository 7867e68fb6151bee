package dev.memfuse.load.generator;

import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;

/// The calls that a load makes: on the engine of this process, or on that of another one. Thread-safe. Each call
/// blocks, and fails as the engine fails.
public interface LoadTarget {
    /// Creates a user with the mark of a run.
    UUID createUser(String name, String runId);

    /// Creates an agent of a user.
    UUID createAgent(UUID user, String name);

    /// Creates a session.
    SessionKey createSession(UUID user, UUID agent, String name);

    /// Opens the index of a user.
    void prepareQueries(UUID user);

    /// Adds messages as one round.
    Answer add(SessionKey session, List<NewMessage> messages);

    /// Ranks the memory of a user. The hits stay in the engine's process, since a load reads none.
    Answer query(UUID user, String text, int topK);

    /// Reads the newest messages of a session, which stay in the engine's process too.
    Answer list(SessionKey session, int limit);
}
