package dev.memfuse.engine.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.record.UserRecord;
import org.jspecify.annotations.Nullable;

/// The port to durable storage. Thread-safe; every method blocks; every statement names the user.
/// Failures are [EngineException]s.
public interface MemoryStore extends VectorStore, LayerStore {

    /// @throws DuplicateNameException when the name is taken
    User createUser(String name);

    Optional<User> user(String name);

    Optional<User> user(UUID userId);

    /// @throws DuplicateNameException when the user has an agent of this name
    Agent createAgent(UUID userId, String name);

    Optional<Agent> agent(UUID userId, String name);

    /// @throws NotFoundException when the user has no such agent
    /// @throws DuplicateNameException when the name is taken
    Session createSession(UUID userId, UUID agentId, @Nullable String name);

    Optional<Session> session(SessionKey key);

    List<Session> sessions(UUID userId);

    /// Stores rounds of one user in one transaction: rounds, messages with their sequence, and chunks made already.
    /// Messages that are there already are left as they are, so a repetition is harmless.
    ///
    /// @param timeout longest time of one statement
    /// @return sessions that do not exist any more; their rounds were left out
    Set<SessionKey> store(UUID userId, List<StoredRound> rounds, Duration timeout);

    /// Stored messages of a session.
    ///
    /// @throws NotFoundException when the user has no such session
    List<Message> messages(SessionKey session, int limit, Order order);

    /// Stored messages by id, in any order; unknown ids are left out.
    List<Message> read(UUID userId, Collection<UUID> messageIds);

    DeleteResult deleteMessages(SessionKey session, Collection<UUID> messageIds);

    DeleteResult deleteSession(SessionKey session);

    DeleteResult deleteUser(UUID userId);

    /// The messages of one round, in their order; empty when it is gone.
    List<Message> round(UUID userId, UUID roundId);

    /// The last stored message of a session before a place in it.
    Optional<Message> before(SessionKey session, long sequence);

    /// Shows the index of a user everything stored, as of one instant.
    void readIndex(UUID userId, IndexVisitor visitor);

    /// Reads every record of a user, as of one instant, in a stable order; see [MemoryEngine#exportUser].
    ///
    /// @throws NotFoundException when there is no such user
    void readUser(UUID userId, Consumer<UserRecord> each);

    /// Makes a user from records in one transaction; see [MemoryEngine#importUser].
    User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records);

    /// The ids of all users; a read that spans users, as [#waiting] is.
    List<UUID> userIds();

    /// Whether the database answers a new connection within two seconds. Never throws.
    boolean reachable();

    /// Breaks off the statements that have waited for an answer for longer than two seconds; they fail with a
    /// [StorageUnavailableException]. For a server that is known not to answer.
    void abandonStalled();

}
