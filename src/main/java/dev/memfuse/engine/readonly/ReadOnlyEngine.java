package dev.memfuse.engine.readonly;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.ApiKeys;
import dev.memfuse.engine.DeadLetters;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.Directories;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.Inspection;
import dev.memfuse.engine.Knowledge;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.SharedAgents;
import dev.memfuse.engine.User;
import dev.memfuse.engine.VectorBacklog;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.record.UserRecord;
import org.jspecify.annotations.Nullable;

/// An engine on a database that is open read-only: reads pass, every change throws a [ReadOnlyException] at once,
/// before the database is asked. Thread-safe.
public final class ReadOnlyEngine implements MemoryEngine {
    private final MemoryEngine engine;

    /// @param engine answers the reads; starts no background work itself
    public ReadOnlyEngine(MemoryEngine engine) {
        this.engine = engine;
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public User createUser(String name) {
        throw new ReadOnlyException();
    }

    @Override
    public Optional<User> user(String name) {
        return engine.user(name);
    }

    @Override
    public Optional<User> user(UUID userId) {
        return engine.user(userId);
    }

    @Override
    public Agent createAgent(UUID userId, String name) {
        throw new ReadOnlyException();
    }

    @Override
    public Optional<Agent> agent(UUID userId, String name) {
        return engine.agent(userId, name);
    }

    @Override
    public Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        throw new ReadOnlyException();
    }

    @Override
    public List<Session> sessions(UUID userId) {
        return engine.sessions(userId);
    }

    @Override
    public AddResult addBatch(SessionKey session, List<NewMessage> messages) {
        throw new ReadOnlyException();
    }

    @Override
    public QueryResult query(UUID userId, QueryRequest request) {
        return engine.query(userId, request);
    }

    @Override
    public void prepareQueries(UUID userId) {
        engine.prepareQueries(userId);
    }

    @Override
    public MessageList messages(SessionKey session, int limit, Order order) {
        return engine.messages(session, limit, order);
    }

    @Override
    public List<Message> buffered(SessionKey session) {
        return engine.buffered(session);
    }

    @Override
    public MessageList read(UUID userId, Collection<UUID> messageIds) {
        return engine.read(userId, messageIds);
    }

    @Override
    public List<Message> updateMessages(SessionKey session, List<MessageChange> changes) {
        throw new ReadOnlyException();
    }

    @Override
    public DeleteResult deleteMessages(SessionKey session, Collection<UUID> messageIds) {
        throw new ReadOnlyException();
    }

    @Override
    public DeleteResult deleteSession(SessionKey session) {
        throw new ReadOnlyException();
    }

    @Override
    public DeleteResult deleteUser(UUID userId) {
        throw new ReadOnlyException();
    }

    @Override
    public void exportUser(UUID userId, Consumer<UserRecord> each) {
        engine.exportUser(userId, each);
    }

    @Override
    public User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records) {
        throw new ReadOnlyException();
    }

    @Override
    public VectorBacklog vectorBacklog() {
        return engine.vectorBacklog();
    }

    @Override
    public LayerBuild layerBuild() {
        return new ReadOnlyLayerBuild(engine.layerBuild());
    }

    @Override
    public Reembedding reembedding() {
        return new ReadOnlyReembedding(engine.reembedding());
    }

    @Override
    public DeadLetters deadLetters() {
        return new ReadOnlyDeadLetters(engine.deadLetters());
    }

    @Override
    public LoadData loadData() {
        return new ReadOnlyLoadData(engine.loadData());
    }

    @Override
    public Directories directories() {
        return new ReadOnlyDirectories(engine.directories());
    }

    @Override
    public Knowledge knowledge() {
        return new ReadOnlyKnowledge(engine.knowledge());
    }

    @Override
    public SharedAgents sharedAgents() {
        return new ReadOnlySharedAgents(engine.sharedAgents());
    }

    @Override
    public Inspection inspection() {
        return engine.inspection();
    }

    @Override
    public ApiKeys apiKeys() {
        return new ReadOnlyApiKeys(engine.apiKeys());
    }

    /// Has no effect: nothing is buffered.
    @Override
    public void flush() {
        engine.flush();
    }

    /// Does not wait: nothing is processed here.
    @Override
    public boolean awaitExtraction(Duration limit) {
        return engine.awaitExtraction(Duration.ZERO);
    }

    @Override
    public List<Fact> facts(UUID userId, FactQuery query) {
        return engine.facts(userId, query);
    }

    @Override
    public List<Episode> episodes(UUID userId, EpisodeQuery query) {
        return engine.episodes(userId, query);
    }

    @Override
    public List<LayerResult> layerResults(UUID userId, UUID roundId) {
        return engine.layerResults(userId, roundId);
    }

    @Override
    public ExtractionStatus extractionStatus() {
        return engine.extractionStatus();
    }

    @Override
    public int retryFailed() {
        throw new ReadOnlyException();
    }
}
