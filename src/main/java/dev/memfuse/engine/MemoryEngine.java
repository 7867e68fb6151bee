package dev.memfuse.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.exception.RecordRefusedException;
import dev.memfuse.engine.record.UserRecord;
import org.jspecify.annotations.Nullable;

/// Long-term memory of AI agents.
///
/// Thread-safe. Every method blocks until it is done and must not be called on the FX thread. Every call names its user
/// and accesses the data of that user only. Failures are [EngineException]s whose message is a sentence for the user.
///
/// Each method refuses a value that it cannot use, or that storage cannot keep exactly, with an
/// [InvalidValueException] that names the field, before it acknowledges or stores anything.
public interface MemoryEngine {

    /// Returns whether the database is open read-only: each change throws a [ReadOnlyException].
    default boolean readOnly() {
        return false;
    }

    /// Creates a user.
    ///
    /// @param name not blank, at most 1000 bytes in UTF-8, like all names
    /// @throws DuplicateNameException when the name is taken
    User createUser(String name);

    /// Returns the user with this name.
    Optional<User> user(String name);

    /// Returns the user with this id, or the user that it stands for.
    Optional<User> user(UUID userId);

    /// Creates an agent of a user.
    ///
    /// @throws DuplicateNameException when the user has an agent of this name
    Agent createAgent(UUID userId, String name);

    /// Returns the user's agent with this name.
    Optional<Agent> agent(UUID userId, String name);

    /// Creates a session.
    ///
    /// @param name unique among the user's sessions; null generates one
    /// @throws NotFoundException when the user has no such agent
    /// @throws DuplicateNameException when the name is taken
    Session createSession(UUID userId, UUID agentId, @Nullable String name);

    /// Returns the user's sessions, oldest first.
    List<Session> sessions(UUID userId);

    /// Adds messages as one round and acknowledges them.
    ///
    /// With `buffer.bypass_mode` they are committed when the call returns; otherwise they are in the buffers, and
    /// `buffer.durability` sets the durability of the acknowledgement. A message whose id exists is stored once.
    ///
    /// @param messages at least one, with different ids; `buffer.max_message_bytes` limits the length of each text and
    /// `buffer.max_batch_bytes` the size of all
    /// @throws NotFoundException when the session does not exist (in buffered mode the check may use a cache)
    AddResult addBatch(SessionKey session, List<NewMessage> messages);

    /// Ranks the user's memory, stored or buffered, by vectors and terms.
    ///
    /// @throws EngineException also when `retrieval.backend` is `postgres` and the database cannot rank
    QueryResult query(UUID userId, QueryRequest request);

    /// Ranks the user's messages, without filter and token budget.
    ///
    /// @param topK maximum number of hits, 1..1000; 0 takes `buffer.query.max_size`
    default QueryResult query(UUID userId, String text, int topK) {
        return query(userId, QueryRequest.of(text, topK));
    }

    /// Opens the user's index and brings it up to date, so that the next query need not do it. Has no effect when
    /// `retrieval.backend` is `postgres` or the database is away. Blocks for the database.
    void prepareQueries(UUID userId);

    /// Returns messages of a session, stored or buffered. While the database is unreachable the list is degraded and
    /// holds buffered messages only.
    ///
    /// @param limit maximum number of messages, 1..10000, counted from the start of the order
    MessageList messages(SessionKey session, int limit, Order order);

    /// Returns the messages of a session that are acknowledged and not known to be in the database, oldest first. Reads
    /// no database.
    List<Message> buffered(SessionKey session);

    /// Returns the user's messages with these ids, in the order of the ids; unknown ids are left out. Degraded as in
    /// [#messages].
    MessageList read(UUID userId, Collection<UUID> messageIds);

    /// Replaces text and role of messages of a session. What is buffered for the user is stored first. The former texts
    /// are erased from every place, chunks, episodes and facts made from them too; the layers are built again. A
    /// message keeps its id, its place and its time. Committed in the database when the call returns.
    ///
    /// @param changes at least one, with different ids; their texts are limited like those of [#addBatch]
    /// @return the messages as they are now, in the order of the changes
    /// @throws NotFoundException when the session does not have all of them; nothing is changed then
    List<Message> updateMessages(SessionKey session, List<MessageChange> changes);

    /// Deletes messages of a session from buffers and all layers; unknown ids are ignored.
    DeleteResult deleteMessages(SessionKey session, Collection<UUID> messageIds);

    /// Deletes a session with all its data from buffers and all layers.
    DeleteResult deleteSession(SessionKey session);

    /// Deletes a user with all data from buffers and all layers.
    DeleteResult deleteUser(UUID userId);

    /// Exports all records of a user as of one instant: including messages acknowledged before the call, without later
    /// ones. Two exports without a write in between return equal records in the same order. Memory use does not depend
    /// on the number of records.
    ///
    /// @param each receives the user first, then the kinds in their order; an exception from it ends the export
    /// @throws NotFoundException when there is no such user
    /// @throws EngineException when buffered messages cannot be stored first
    void exportUser(UUID userId, Consumer<UserRecord> each);

    /// Creates a user from exported records, atomically. Ids are kept; the user gets a new id when its own is in use.
    ///
    /// @param name name of the new user; null keeps the exported one
    /// @param records opens the records from the first one; called again when the database requests a repetition
    /// @throws DuplicateNameException when the name is taken
    /// @throws RecordRefusedException when a record cannot be kept, or contradicts the ones before it
    User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records);

    /// Returns the progress of the vectors that the engine makes for stored messages in the background.
    VectorBacklog vectorBacklog();

    /// Returns the job that builds a layer for what was stored while it was off.
    LayerBuild layerBuild();

    /// Returns the job that replaces vectors of another model.
    Reembedding reembedding();

    /// Returns the acknowledged rounds that storage refused for their content.
    DeadLetters deadLetters();

    /// Returns the users that loads made.
    LoadData loadData();

    /// Returns users, agents and sessions as a server needs them.
    Directories directories();

    /// Returns the facts that are entered by hand.
    Knowledge knowledge();

    /// Returns the agents that are common to all users.
    SharedAgents sharedAgents();

    /// Returns the view for a person who examines stored memory and queries.
    Inspection inspection();

    /// Returns the keys of clients over the network.
    ApiKeys apiKeys();

    /// Stores all buffered messages and blocks until done. Rounds that storage refuses for their content become
    /// [#deadLetters].
    ///
    /// @throws EngineException when some messages could not be stored; they stay buffered
    void flush();

    /// Waits until M1 and M2 have processed all rounds stored before the call.
    ///
    /// @param limit maximum time to wait; a negative one counts as zero
    /// @return false when the limit was reached
    boolean awaitExtraction(Duration limit);

    /// Returns facts of a user (M2), the latest observed first.
    List<Fact> facts(UUID userId, FactQuery query);

    /// Returns episodes of a user (M1), newest first.
    List<Episode> episodes(UUID userId, EpisodeQuery query);

    /// Returns the extraction status of a round that [#addBatch] acknowledged, per layer, M1 first.
    ///
    /// @throws NotFoundException when the user has no such round in storage: it is still buffered, or deleted
    List<LayerResult> layerResults(UUID userId, UUID roundId);

    /// Returns the status of extraction over all users: queued, running and failed items.
    ExtractionStatus extractionStatus();

    /// Requeues all failed items.
    ///
    /// @return number of requeued items
    int retryFailed();
}
