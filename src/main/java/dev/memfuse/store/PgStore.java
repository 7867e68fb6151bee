package dev.memfuse.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.LoadData.DatabaseSize;
import dev.memfuse.engine.LoadData.DatabaseWork;
import dev.memfuse.engine.LoadData.MarkedUser;
import dev.memfuse.engine.LoadData.Size;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.Creations;
import dev.memfuse.engine.spi.DirectoryStore;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.IdAlias;
import dev.memfuse.engine.spi.IndexVisitor;
import dev.memfuse.engine.spi.InspectionStore;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.RefusedRound;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.sql.AliasSql;
import dev.memfuse.store.sql.DeleteSql;
import dev.memfuse.store.sql.DirectorySql;
import dev.memfuse.store.sql.ErasureSql;
import dev.memfuse.store.sql.ExportSql;
import dev.memfuse.store.sql.FactSql;
import dev.memfuse.store.sql.ImportSql;
import dev.memfuse.store.sql.IndexSql;
import dev.memfuse.store.sql.InspectionSql;
import dev.memfuse.store.sql.KnowledgeSql;
import dev.memfuse.store.sql.LayerBuildSql;
import dev.memfuse.store.sql.LayerSql;
import dev.memfuse.store.sql.LoadRunSql;
import dev.memfuse.store.sql.LoadSql;
import dev.memfuse.store.sql.MessageChangeSql;
import dev.memfuse.store.sql.MessageSql;
import dev.memfuse.store.sql.MessageVectorSql;
import dev.memfuse.store.sql.RefusedRoundSql;
import dev.memfuse.store.sql.RoundSql;
import dev.memfuse.store.sql.VectorSql;
import dev.memfuse.store.sql.WorkSql;
import org.jspecify.annotations.Nullable;

/// The engine's storage on PostgreSQL. Delegates to one class of statements per aggregate. Thread-safe.
public final class PgStore implements MemoryStore {
    private final Database database;
    private final DirectorySql directory;
    private final AliasSql aliases;
    private final RoundSql rounds;
    private final MessageSql messages;
    private final LayerSql layers;
    private final FactSql facts;
    private final WorkSql work;
    private final DeleteSql deletes;
    private final ErasureSql erasures;
    private final MessageChangeSql changed;
    private final KnowledgeSql knowledge;
    private final RefusedRoundSql refused;
    private final ExportSql exports;
    private final ImportSql imports;
    private final IndexSql index;
    private final VectorSql vectors;
    private final LayerBuildSql layerBuilds;
    private final LoadSql loads;
    private final LoadRunSql loadRuns;
    private final MessageVectorSql messageVectors;
    private final DirectoryStore directories;
    private final InspectionStore inspection;

    public PgStore(Database database) {
        this.database = database;
        directory = new DirectorySql(database);
        aliases = new AliasSql(database);
        rounds = new RoundSql(database);
        messages = new MessageSql(database);
        layers = new LayerSql(database);
        facts = new FactSql(database);
        work = new WorkSql(database);
        deletes = new DeleteSql(database);
        erasures = new ErasureSql(database);
        changed = new MessageChangeSql(database);
        knowledge = new KnowledgeSql(database);
        refused = new RefusedRoundSql(database);
        exports = new ExportSql(database);
        imports = new ImportSql(database);
        index = new IndexSql(database);
        vectors = new VectorSql(database);
        layerBuilds = new LayerBuildSql(database);
        loads = new LoadSql(database);
        loadRuns = new LoadRunSql(database);
        messageVectors = new MessageVectorSql(database);
        directories = new PgDirectoryStore(database);
        inspection = new InspectionSql(database);
    }

    @Override
    public <T> T reading(UUID userId, Supplier<T> reads) {
        return database.reading(userId, reads);
    }

    @Override
    public void create(User user) {
        directory.create(user);
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
    public void create(Agent agent) {
        directory.create(agent);
    }

    @Override
    public Optional<Agent> agent(UUID userId, String name) {
        return directory.agent(userId, name);
    }

    @Override
    public void create(Session session) {
        directory.create(session);
    }

    @Override
    public List<IdAlias> settle(Creations creations) {
        return aliases.settle(creations);
    }

    @Override
    public List<IdAlias> aliases() {
        return aliases.all();
    }

    @Override
    public List<IdAlias> aliases(Collection<UUID> ids) {
        return aliases.of(ids);
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
    public Erasure deleteMessages(SessionKey session, Collection<UUID> messageIds) {
        return deletes.messages(session, messageIds);
    }

    @Override
    public void addFacts(UUID userId, List<Fact> added) {
        knowledge.add(userId, added);
    }

    @Override
    public List<Fact> factsById(UUID userId, Collection<UUID> factIds) {
        return knowledge.read(userId, factIds);
    }

    @Override
    public Removed removeFacts(UUID userId, Collection<UUID> factIds, List<Fact> replacements) {
        return knowledge.remove(userId, factIds, replacements);
    }

    @Override
    public Replacement replaceMessages(SessionKey session, List<MessageChange> changes) {
        return changed.replace(session, changes);
    }

    @Override
    public Erasure deleteSession(SessionKey session) {
        return deletes.session(session);
    }

    @Override
    public DeleteResult deleteUser(UUID userId) {
        return deletes.user(userId);
    }

    @Override
    public long erased(UUID userId) {
        return erasures.erased(userId);
    }

    @Override
    public CurrentMessages readCurrent(UUID userId, Collection<UUID> messageIds) {
        return erasures.readCurrent(userId, messageIds, messages);
    }

    @Override
    public Map<UUID, Long> erasedSince(long time) {
        Map<UUID, Long> erased = erasures.since(time);
        erased.keySet().forEach(database::wrote);
        return erased;
    }

    @Override
    public Set<UUID> existing(Collection<UUID> userIds) {
        return erasures.existing(userIds);
    }

    @Override
    public Set<SessionKey> existingSessions(Collection<SessionKey> sessions) {
        return erasures.existingSessions(sessions);
    }

    @Override
    public void noteRefused(Collection<RefusedRound> refusedRounds) {
        refused.note(refusedRounds);
    }

    @Override
    public Set<RefusedRound> knownRefused(Collection<RefusedRound> refusedRounds) {
        return refused.known(refusedRounds);
    }

    @Override
    public void forgetRefused(Collection<RefusedRound> refusedRounds) {
        refused.forget(refusedRounds);
    }

    @Override
    public List<Message> round(UUID userId, UUID roundId) {
        return messages.round(userId, roundId);
    }

    @Override
    public Optional<Message> before(SessionKey session, long sequence) {
        return messages.before(session, sequence);
    }

    @Override
    public Optional<WorkItem> claim(UUID userId, UUID owner, Duration lease) {
        return work.claim(userId, owner, lease);
    }

    @Override
    public boolean renew(WorkItem item, Duration lease) {
        return work.renew(item, lease);
    }

    @Override
    public void putBack(WorkItem item, String note, Duration wait) {
        work.putBack(item, note, wait);
    }

    @Override
    public void postpone(WorkItem item, String note, Duration wait) {
        work.postpone(item, note, wait);
    }

    @Override
    public void giveUp(WorkItem item, LayerStatus status, String note) {
        work.giveUp(item, status, note);
    }

    @Override
    public void unclaim(UUID userId, UUID owner) {
        work.unclaim(userId, owner);
    }

    @Override
    public List<Waiting> waiting(Collection<UUID> owners) {
        return work.waiting(owners);
    }

    @Override
    public ExtractionStatus extractionStatus() {
        return work.status();
    }

    @Override
    public int retryFailed() {
        return work.retryFailed();
    }

    @Override
    public MadeByRules madeByRules(DerivedLayer layer) {
        return layerBuilds.madeByRules(layer);
    }

    @Override
    public int queueMadeByRules(UUID userId, DerivedLayer layer, Instant before, int limit) {
        return layerBuilds.queueMadeByRules(userId, layer, before, limit);
    }

    @Override
    public List<LayerResult> layerResults(UUID userId, UUID roundId) {
        return work.results(userId, roundId);
    }

    @Override
    public Set<UUID> chunkedMessages(UUID userId, UUID roundId) {
        return layers.chunkedMessages(userId, roundId);
    }

    @Override
    public Stored storeEpisode(WorkItem item, List<Chunk> chunks, Optional<Episode> episode, LayerOrigin origin) {
        return layers.storeEpisode(item, chunks, episode, origin);
    }

    @Override
    public KnownFacts knownFacts(UUID userId) {
        return facts.known(userId);
    }

    @Override
    public long factsRevision(UUID userId) {
        return facts.revision(userId);
    }

    @Override
    public Stored storeFacts(WorkItem item, FactChanges changes, LayerOrigin origin) {
        return layers.storeFacts(item, changes, origin);
    }

    @Override
    public List<Fact> facts(UUID userId, FactQuery query) {
        return facts.facts(userId, query);
    }

    @Override
    public Map<UUID, List<UUID>> conflicts(UUID userId, Collection<UUID> factIds) {
        return facts.conflicts(userId, factIds);
    }

    @Override
    public List<Episode> episodes(UUID userId, EpisodeQuery query) {
        return layers.episodes(userId, query);
    }

    @Override
    public void readIndex(UUID userId, IndexVisitor visitor) {
        index.read(userId, visitor);
    }

    @Override
    public boolean needsProbe() {
        return database.needsProbe();
    }

    @Override
    public Optional<String> whyAway() {
        return database.whyAway();
    }

    @Override
    public long timeline() {
        return database.timeline();
    }

    @Override
    public void suspend(String reason) {
        database.suspend(reason);
    }

    @Override
    public void resume() {
        database.resume();
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
    public int resetFailed(DerivedLayer layer) {
        return layerBuilds.resetFailed(layer);
    }

    @Override
    public Map<UUID, Unbuilt> unbuilt(DerivedLayer layer) {
        return layerBuilds.unbuilt(layer);
    }

    @Override
    public int queueUnbuilt(UUID userId, DerivedLayer layer, int limit) {
        return layerBuilds.queue(userId, layer, limit);
    }

    @Override
    public Map<UUID, Long> unembedded(String model) {
        return messageVectors.count(model);
    }

    @Override
    public List<Unembedded> unembedded(UUID userId, String model, Optional<UUID> below, int limit) {
        return messageVectors.page(userId, model, below, limit);
    }

    @Override
    public List<Unembedded> unembedded(UUID userId, String model, Collection<UUID> messageIds) {
        return messageVectors.ofIds(userId, model, messageIds);
    }

    @Override
    public Set<UUID> storeVectors(UUID userId, String model, Map<Unembedded, float[]> embedded) {
        return messageVectors.store(userId, model, embedded);
    }

    @Override
    public Map<UUID, Long> staleVectors(String chunkModel, String factModel) {
        return vectors.count(chunkModel, factModel);
    }

    @Override
    public List<StaleVector> staleVectors(UUID userId, DerivedLayer layer, String model, Optional<UUID> below,
            int limit) {
        return vectors.stale(userId, layer, model, below, limit);
    }

    @Override
    public void replaceVectors(UUID userId, DerivedLayer layer, String model, Map<UUID, float[]> replaced) {
        vectors.replace(userId, layer, model, replaced);
    }

    @Override
    public void createMarked(User user, String run) {
        loads.create(user, run);
    }

    @Override
    public List<MarkedUser> markedUsers() {
        return loads.users();
    }

    @Override
    public void holdRun(String run, Duration lease) {
        loadRuns.hold(run, lease);
    }

    @Override
    public void endRun(String run) {
        loadRuns.end(run);
    }

    @Override
    public Set<String> runningLoads() {
        return loadRuns.running();
    }

    @Override
    public Size markedSize() {
        return loads.markedSize();
    }

    @Override
    public long messageCount(UUID userId, Collection<UUID> except) {
        return loads.messages(userId, except);
    }

    @Override
    public DatabaseSize size() {
        return loads.size();
    }

    @Override
    public DatabaseWork work() {
        return loads.work();
    }

    @Override
    public InspectionStore inspection() {
        return inspection;
    }

    @Override
    public DirectoryStore directories() {
        return directories;
    }
}
