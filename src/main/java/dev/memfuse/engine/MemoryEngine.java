package dev.memfuse.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.record.UserRecord;
import org.jspecify.annotations.Nullable;

/// The memory of AI agents.
///
/// Thread-safe. Every method blocks until it is done and never runs on the FX thread. Every call names its user and
/// sees that user's data only. Failures are [EngineException]s whose message is a sentence for the user.
public interface MemoryEngine {

    /// Creates a user.
    ///
    /// @throws DuplicateNameException when the name is taken
    User createUser(String name);

    /// The user of this name.
    Optional<User> user(String name);

    /// Creates an agent of a user.
    ///
    /// @throws DuplicateNameException when the user has an agent of this name
    Agent createAgent(UUID userId, String name);

    /// The user's agent of this name.
    Optional<Agent> agent(UUID userId, String name);

    /// Creates a session.
    ///
    /// @param name unique among the user's sessions; null makes one up
    /// @throws NotFoundException when the user has no such agent
    /// @throws DuplicateNameException when the name is taken
    Session createSession(UUID userId, UUID agentId, @Nullable String name);

    /// The user's sessions, oldest first.
    List<Session> sessions(UUID userId);

    /// Adds messages as one round and acknowledges them.
    ///
    /// With bypass they are committed when this returns; otherwise they are in the buffers, and `buffer.durability` says
    /// what stands behind the acknowledgement. Adding messages with ids that are known already stores them once.
    ///
    /// @param messages at least one
    /// @throws NotFoundException when the session does not exist (in buffered mode the check may be a cached one)
    AddResult addBatch(SessionKey session, List<NewMessage> messages);

    /// Ranks what is remembered of the user, stored or still buffered, by meaning and words.
    ///
    /// @throws EngineException also when the database cannot rank and `retrieval.backend` says it shall
    QueryResult query(UUID userId, QueryRequest request);

    /// Ranks the user's messages, without filter and budget.
    ///
    /// @param topK how many hits at most, 1..1000; 0 takes `buffer.query.max_size`
    default QueryResult query(UUID userId, String text, int topK) {
        return query(userId, QueryRequest.of(text, topK));
    }

    /// The messages of a session, stored or still buffered; only the buffered ones, and said to be degraded, while the
    /// database cannot be reached.
    ///
    /// @param limit at most so many, 1..10000, counted from the beginning of the order
    MessageList messages(SessionKey session, int limit, Order order);

    /// The user's messages with these ids, in the order of the ids; unknown ids are left out. Degraded as [#messages].
    MessageList read(UUID userId, Collection<UUID> messageIds);

    /// Deletes messages of a session from buffers and all layers; unknown ids are ignored.
    DeleteResult deleteMessages(SessionKey session, Collection<UUID> messageIds);

    /// Deletes a session and everything in it, from buffers and all layers.
    DeleteResult deleteSession(SessionKey session);

    /// Deletes a user and everything of theirs, from buffers and all layers.
    DeleteResult deleteUser(UUID userId);

    /// Hands out everything of a user, as of one instant: what was acknowledged before the call is in it, what comes while
    /// it runs is not. Two exports with no write in between hand out the same in the same order. Memory does not grow with
    /// the user.
    ///
    /// @param each is given the user first, then the kinds in their order; an exception it throws ends the export
    /// @throws NotFoundException when there is no such user
    /// @throws EngineException when what is buffered cannot be stored first
    void exportUser(UUID userId, Consumer<UserRecord> each);

    /// Makes a user from exported records: all of it, or, whatever happens, nothing. Ids are kept; the user gets a new id
    /// when its own is in use, under which the ids of everything else are its own again.
    ///
    /// @param name of the new user; null keeps the exported one
    /// @param records opens the records from the first; opened again when the database asks for a repetition
    /// @throws DuplicateNameException when the name is taken
    /// @throws RecordRefusedException when a record contradicts the ones before it
    User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records);

    /// The job that replaces vectors of another model.
    Reembedding reembedding();

    /// Writes everything buffered to the database and waits for it.
    void flush();

    /// Waits until M1 and M2 have processed everything stored so far.
    ///
    /// @return false when that took longer than `limit`
    boolean awaitExtraction(java.time.Duration limit);

    /// The facts of a user (M2), the latest said first.
    List<Fact> facts(UUID userId, FactQuery query);

    /// The episodes of a user (M1), newest first.
    List<Episode> episodes(UUID userId, EpisodeQuery query);

    /// What became of the layers of a round that [#addBatch] acknowledged, M1 first.
    ///
    /// @throws NotFoundException when the user has no such round in storage: it is still buffered, or deleted
    List<LayerResult> layerResults(UUID userId, UUID roundId);

    /// The work list of M1 and M2 over all users: what waits, what runs, what was given up and why.
    ExtractionStatus extractionStatus();

    /// Puts everything that was given up back into the work list.
    ///
    /// @return how many items
    int retryFailed();
}
