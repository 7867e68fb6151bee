package dev.memfuse.store;

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
import dev.memfuse.engine.Chunk;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.IndexVisitor;
import dev.memfuse.engine.Layer;
import dev.memfuse.engine.MemoryStore;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.StoredRound;
import dev.memfuse.engine.User;
import dev.memfuse.engine.UserRecord;
import org.jspecify.annotations.Nullable;

/// The engine's storage on PostgreSQL. Only delegates: each aggregate has its own class for its SQL. Thread-safe.
public final class PgStore implements MemoryStore {
    private final Database database;
    private final DirectorySql directory;
    private final RoundSql rounds;
    private final MessageSql messages;
    private final LayerSql layers;
    private final DeleteSql deletes;
    private final ExportSql exports;
    private final ImportSql imports;
    private final IndexSql index;

    public PgStore(Database database) {
        this.database = database;
        directory = new DirectorySql(database);
        rounds = new RoundSql(database);
        messages = new MessageSql(database);
        layers = new LayerSql(database);
        deletes = new DeleteSql(database);
        exports = new ExportSql(database);
        imports = new ImportSql(database);
        index = new IndexSql(database);
    }

    @Override
    public User createUser(String name) {
        return directory.createUser(name);
    }

    @Override
    public Optional<User> user(String name) {
        return directory.user(name);
    }

    @Override
    public Optional<User> user(UUID userId) {
        return directory.user(userId);
    }

    @Override
    public Agent createAgent(UUID userId, String name) {
        return directory.createAgent(userId, name);
    }

    @Override
    public Optional<Agent> agent(UUID userId, String name) {
        return directory.agent(userId, name);
    }

    @Override
    public Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        return directory.createSession(userId, agentId, name);
    }

    @Override
    public Optional<Session> session(SessionKey key) {
        return directory.session(key);
    }

    @Override
    public List<Session> sessions(UUID userId) {
        return directory.sessions(userId);
    }

    @Override
    public Set<SessionKey> store(UUID userId, List<StoredRound> batch, Duration timeout) {
        return rounds.store(userId, batch, timeout);
    }

    @Override
    public List<Message> messages(SessionKey session, int limit, Order order) {
        return messages.messages(session, limit, order);
    }

    @Override
    public List<Message> read(UUID userId, Collection<UUID> messageIds) {
        return messages.read(userId, messageIds);
    }

    @Override
    public DeleteResult deleteMessages(SessionKey session, Collection<UUID> messageIds) {
        return deletes.messages(session, messageIds);
    }

    @Override
    public DeleteResult deleteSession(SessionKey session) {
        return deletes.session(session);
    }

    @Override
    public DeleteResult deleteUser(UUID userId) {
        return deletes.user(userId);
    }

    @Override
    public List<Message> round(UUID userId, UUID roundId) {
        return messages.round(userId, roundId);
    }

    @Override
    public void storeChunks(SessionKey session, UUID roundId, List<Chunk> chunks) {
        layers.storeChunks(session, roundId, chunks);
    }

    @Override
    public void storeFacts(SessionKey session, UUID roundId, List<Fact> facts) {
        layers.storeFacts(session, roundId, facts);
    }

    @Override
    public void extractionFailed(UUID userId, UUID roundId, Layer layer) {
        layers.failed(userId, roundId, layer);
    }

    @Override
    public List<PendingRound> pending(UUID userId, int limit) {
        return layers.pending(userId, limit);
    }

    @Override
    public void readIndex(UUID userId, IndexVisitor visitor) {
        index.read(userId, visitor);
    }

    @Override
    public boolean reachable() {
        return database.reachable();
    }

    @Override
    public void abandonStalled() {
        database.abandonStalled();
    }

    @Override
    public void readUser(UUID userId, Consumer<UserRecord> each) {
        exports.read(userId, each);
    }

    @Override
    public User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records) {
        return imports.run(name, records);
    }

    @Override
    public List<UUID> userIds() {
        return directory.userIds();
    }
}
