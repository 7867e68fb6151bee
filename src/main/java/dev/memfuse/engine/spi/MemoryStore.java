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
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.record.UserRecord;
import org.jspecify.annotations.Nullable;

/// Durable storage of users, agents, sessions and messages. Thread-safe; every method blocks; every statement names the
/// user. Failures are [EngineException]s.
public interface MemoryStore
        extends
            VectorStore,
            MessageVectorStore,
            LayerStore,
            KnowledgeStore,
            ErasureStore,
            LoadStore {

    /// Returns what servers need of the same storage.
    DirectoryStore directories();

    /// Returns pages of the same storage for a person who examines it.
    InspectionStore inspection();

    /// Runs reads of a user that may come from a replica of the database, where one is configured. They contain what
    /// was written through this store before; what other programs wrote may be missing for 5 s. Only for answers to
    /// callers, never for a check before a write.
    ///
    /// @param reads calls of this store that read one user
    <T> T reading(UUID userId, Supplier<T> reads);

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

    /// Stores what was created for a user while the database was away, in one transaction. What has the name of an
    /// existing user, agent or session is not stored: its id becomes an alias of the existing one. A repetition has no
    /// effect and returns the same. What belongs to a user that does not exist any more is left out.
    ///
    /// @return the aliases among the ids of the creations
    List<IdAlias> settle(Creations creations);

    /// Returns all aliases. Reads across users, like [#waiting].
    List<IdAlias> aliases();

    /// Returns those of the ids that are aliases. Reads across users, since callers know the alias only.
    List<IdAlias> aliases(Collection<UUID> ids);

    /// Returns a session.
    Optional<Session> session(SessionKey key);

    /// Returns the user's sessions, oldest first.
    List<Session> sessions(UUID userId);

    /// Stores rounds of one user in one transaction: rounds, messages with their sequence, and embedded chunks.
    /// Messages whose id exists are left unchanged, so a repetition has no effect.
    ///
    /// @param timeout longest time of one statement
    /// @return sessions that do not exist; their rounds were not stored
    Set<SessionKey> store(UUID userId, List<StoredRound> rounds, Duration timeout);

    /// Returns stored messages of a session.
    ///
    /// @param limit maximum number of messages, counted from the start of the order
    /// @throws NotFoundException when the user has no such session
    List<Message> messages(SessionKey session, int limit, Order order);

    /// Replaces text and role of messages of a session, in one transaction: what was derived from the former texts is
    /// removed, and the layers of their rounds are queued again. Changes nothing when one of the messages is missing.
    ///
    /// @param changes at least one, with different ids
    Replacement replaceMessages(SessionKey session, List<MessageChange> changes);

    /// Replaced messages.
    ///
    /// @param messages as they are now, in any order; empty when one is missing
    /// @param erasure the removal of the former texts
    record Replacement(List<Message> messages, Erasure erasure) {}

    /// Returns stored messages by id, in any order; unknown ids are left out.
    List<Message> read(UUID userId, Collection<UUID> messageIds);

    /// Returns the messages of a round, in their order; empty when it was deleted.
    List<Message> round(UUID userId, UUID roundId);

    /// Returns the last stored message of a session before a sequence number.
    Optional<Message> before(SessionKey session, long sequence);

    /// Reports a user's stored entries to `visitor`, as of one instant.
    void readIndex(UUID userId, IndexVisitor visitor);

    /// Reads every record of a user, as of one instant, in a stable order; see [MemoryEngine#exportUser].
    ///
    /// @throws NotFoundException when there is no such user
    void readUser(UUID userId, Consumer<UserRecord> each);

    /// Creates a user from records in one transaction; see [MemoryEngine#importUser].
    User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records);

    /// Returns whether the database should be probed: a call lost its connection, calls wait without any answer, one
    /// waits for long, or nothing was answered for a second. Cheap.
    boolean needsProbe();

    /// Checks over a new connection whether the database accepts writes; usually takes at most two seconds. Never
    /// throws.
    ///
    /// @return the reason why the database is away; empty when it is there
    Optional<String> whyAway();

    /// Returns the timeline of the database: another number after a standby became the primary server, which may lack
    /// the last commits of the former one. 0 when it is unknown. Cheap.
    long timeline();

    /// Makes running and later calls fail at once with a [StorageUnavailableException], until [#resume].
    ///
    /// @param reason why the database is away
    void suspend(String reason);

    /// Lets calls use the database again.
    void resume();
}
