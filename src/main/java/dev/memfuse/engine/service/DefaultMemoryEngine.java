package dev.memfuse.engine.service;

import static dev.memfuse.metrics.Operation.ADD;
import static dev.memfuse.metrics.Operation.CREATE;
import static dev.memfuse.metrics.Operation.DELETE;
import static dev.memfuse.metrics.Operation.LIST;
import static dev.memfuse.metrics.Operation.QUERY;
import static dev.memfuse.metrics.Operation.READ;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.config.Tunables;
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
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.model.Urgency;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.service.ServiceFactory.ServiceCall;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;
import dev.memfuse.metrics.MetricsHub;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Implementation of the engine's API: checks arguments, measures each operation and passes it to the user's service.
/// Owns an [EngineRuntime]. Thread-safe.
public final class DefaultMemoryEngine implements MemoryEngine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultMemoryEngine.class);
    private static final String NOT_DELETED = "Nothing can be deleted";
    private static final int MAX_LIMIT = 10_000;
    /// Longer waits count as this one: their nanoseconds would not fit into a number.
    private static final Duration LONGEST_WAIT = Duration.ofDays(36_500);

    final EngineRuntime runtime;
    private final TimedCalls timed;
    private final Directories directories;
    private final Inspection inspection;

    /// Starts an engine and resumes the work that an earlier process left in the journal and in the work list.
    public DefaultMemoryEngine(EngineDependencies dependencies, Tunables tunables, MetricsHub metrics) {
        runtime = new EngineRuntime(dependencies, tunables, metrics);
        timed = new TimedCalls(metrics);
        directories = new StoredDirectories(runtime.store, runtime.directory, runtime.creations, runtime.calls, timed);
        inspection = new EngineInspection(runtime);
    }

    /// Calls the service of a user, apart from deletions of the user's data.
    private <T> T userCall(UUID userId, ServiceCall<T> call) {
        return runtime.gate.whileOpen(() -> runtime.locks.shared(userId,
                () -> runtime.services.call(userId, runtime.tunables.get(), call)));
    }

    private DeleteResult deletion(UUID userId, Function<UserDeleter, DeleteResult> work) {
        return runtime.gate.whileOpen(() -> exclusive(userId, NOT_DELETED,
                () -> work.apply(new UserDeleter(runtime.states.of(userId), runtime.context))));
    }

    private <T> T exclusive(UUID userId, String refused, Supplier<T> work) {
        runtime.requireStorable(userId, refused);
        return runtime.locks.exclusive(userId, work);
    }

    @Override
    public User createUser(String name) {
        String checked = TextCheck.name("name", name);
        return timed.run(CREATE, () -> runtime.directory.createUser(checked));
    }

    @Override
    public Optional<User> user(String name) {
        return runtime.directory.user(TextCheck.canonicalName(TextCheck.storable("name", name)));
    }

    @Override
    public Optional<User> user(UUID userId) {
        return runtime.calls.read(ValueCheck.present("userId", userId), runtime.directory::user, Optional::isEmpty);
    }

    @Override
    public Agent createAgent(UUID userId, String name) {
        String checked = TextCheck.name("name", name);
        ValueCheck.present("userId", userId);
        return timed.run(CREATE, () -> runtime.calls.write(userId, Set.of(userId),
                owner -> runtime.directory.createAgent(owner, checked)));
    }

    @Override
    public Optional<Agent> agent(UUID userId, String name) {
        String checked = TextCheck.canonicalName(TextCheck.storable("name", name));
        return runtime.calls.read(ValueCheck.present("userId", userId),
                owner -> runtime.directory.agent(owner, checked), Optional::isEmpty);
    }

    @Override
    public Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        String checked = name == null ? null : TextCheck.name("name", name);
        Set<UUID> ids = new HashSet<>(List.of(ValueCheck.present("userId", userId),
                ValueCheck.present("agentId", agentId)));
        return timed.run(CREATE, () -> runtime.calls.write(userId, ids, owner -> runtime.directory.createSession(owner,
                runtime.creations.aliases().id(agentId), checked)));
    }

    @Override
    public List<Session> sessions(UUID userId) {
        return runtime.calls.read(ValueCheck.present("userId", userId), runtime.directory::sessions, List::isEmpty);
    }

    @Override
    public AddResult addBatch(SessionKey session, List<NewMessage> messages) {
        ValueCheck.present("session", session);
        List<NewMessage> batch = BatchCheck.check(messages, runtime.tunables.get().buffer());
        return timed.run(ADD, () -> {
            runtime.backpressure.admit(runtime.tunables.get().layers());
            return runtime.calls.write(session, target -> userCall(target.userId(),
                    (service, config) -> service.writer().add(target, batch, config)));
        });
    }

    @Override
    public QueryResult query(UUID userId, QueryRequest request) {
        ValueCheck.present("request", request);
        BatchCheck.query(request.text(), runtime.tunables.get().buffer());
        Set<UUID> ids = new HashSet<>(request.filter().sessions());
        ids.addAll(request.filter().agents());
        ids.add(ValueCheck.present("userId", userId));
        return timed.run(QUERY, () -> runtime.calls.read(userId, ids, owner -> {
            QueryRequest resolved = runtime.creations.aliases().resolved(request);
            return userCall(owner, (service, config) -> service.queries().query(resolved, config));
        }, result -> result.searched() == 0 && !result.cached()));
    }

    @Override
    public void prepareQueries(UUID userId) {
        boolean _ = runtime.calls.read(ValueCheck.present("userId", userId),
                owner -> runtime.gate.whileOpen(() -> runtime.health.readOr(
                        () -> runtime.context.ahead().open(owner, Urgency.QUERY), () -> false)),
                _ -> false);
    }

    @Override
    public MessageList messages(SessionKey session, int limit, Order order) {
        ValueCheck.present("session", session);
        ValueCheck.range("limit", limit, 1, MAX_LIMIT);
        ValueCheck.present("order", order);
        return timed.run(LIST, () -> runtime.calls.read(session, target -> userCall(target.userId(),
                (service, _) -> service.messages().list(target, limit, order))));
    }

    @Override
    public List<Message> buffered(SessionKey session) {
        ValueCheck.present("session", session);
        return timed.run(LIST, () -> runtime.calls.read(session, target -> userCall(target.userId(),
                (service, _) -> service.messages().buffered(target))));
    }

    @Override
    public MessageList read(UUID userId, Collection<UUID> messageIds) {
        List<UUID> ids = ValueCheck.ids("messageIds", messageIds);
        ValueCheck.present("userId", userId);
        return timed.run(READ, () -> runtime.calls.read(userId, owner -> userCall(owner,
                (service, _) -> service.messages().read(ids)),
                result -> result.isEmpty() && !ids.isEmpty()));
    }

    @Override
    public List<Message> updateMessages(SessionKey session, List<MessageChange> changes) {
        ValueCheck.present("session", session);
        List<MessageChange> checked = BatchCheck.changes(changes, runtime.tunables.get().buffer());
        runtime.health.require("Nothing can be changed");
        return runtime.calls.stored(session, target -> runtime.gate.whileOpen(
                () -> exclusive(target.userId(), "Nothing can be changed",
                        () -> new MessageReplacer(runtime.states.of(target.userId()), runtime.context)
                                .replace(target, checked))));
    }

    @Override
    public DeleteResult deleteMessages(SessionKey session, Collection<UUID> messageIds) {
        ValueCheck.present("session", session);
        List<UUID> ids = ValueCheck.ids("messageIds", messageIds);
        return timed.run(DELETE, () -> {
            runtime.health.require(NOT_DELETED);
            return runtime.calls.stored(session,
                    target -> deletion(target.userId(), deleter -> deleter.messages(target, ids)));
        });
    }

    @Override
    public DeleteResult deleteSession(SessionKey session) {
        ValueCheck.present("session", session);
        return timed.run(DELETE, () -> {
            runtime.health.require(NOT_DELETED);
            return runtime.calls.stored(session,
                    target -> deletion(target.userId(), deleter -> deleter.session(target)));
        });
    }

    @Override
    public DeleteResult deleteUser(UUID userId) {
        ValueCheck.present("userId", userId);
        return timed.run(DELETE, () -> {
            runtime.health.require(NOT_DELETED);
            return runtime.calls.stored(userId, owner -> deletion(owner, deleter -> removed(owner, deleter)));
        });
    }

    private DeleteResult removed(UUID owner, UserDeleter deleter) {
        DeleteResult result = deleter.user();
        runtime.services.remove(owner);
        runtime.states.remove(owner);
        runtime.directory.remove(owner);
        LOG.info("Engine: user {} deleted, {} stored and {} buffered messages", owner, result.messages(),
                result.buffered());
        return result;
    }

    @Override
    public void exportUser(UUID userId, Consumer<UserRecord> each) {
        boolean _ = runtime.calls.stored(ValueCheck.present("userId", userId), owner -> runtime.gate.whileOpen(() -> {
            runtime.requireStorable(owner, "Nothing can be exported");
            runtime.drain.drain(owner).ifPresent(failure -> {
                throw failure;
            });
            runtime.store.exports().read(owner, each);
            LOG.info("Engine: user {} exported", owner);
            return true;
        }));
    }

    @Override
    public User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records) {
        String checked = name == null ? null : TextCheck.name("name", name);
        long maxTextBytes = runtime.tunables.get().buffer().maxMessageBytes();
        return runtime.gate.whileOpen(() -> {
            runtime.creations.settleUsers();
            User user = runtime.store.imports().run(checked, () -> new RecordCheck(maxTextBytes).of(records.get()));
            // An earlier query for this id may have cached that there is nothing.
            runtime.states.find(user.id()).ifPresent(UserState::deleteDerived);
            runtime.extraction.recover(List.of(user.id()));
            runtime.context.ahead().imported(user.id());
            runtime.vectors.addAll(user.id());
            LOG.info("Engine: user {} imported", user.id());
            return user;
        });
    }

    @Override
    public LayerBuild layerBuild() {
        return runtime.layerBuild;
    }

    @Override
    public VectorBacklog vectorBacklog() {
        return runtime.vectors.backlog();
    }

    @Override
    public Reembedding reembedding() {
        return runtime.reembedding;
    }

    @Override
    public DeadLetters deadLetters() {
        return runtime.deadLetters;
    }

    @Override
    public LoadData loadData() {
        return new MarkedUsers(runtime.directory, runtime.creations.aliases(), runtime.store, timed);
    }

    @Override
    public Directories directories() {
        return directories;
    }

    @Override
    public Knowledge knowledge() {
        return new KnowledgeByHand(runtime);
    }

    @Override
    public Inspection inspection() {
        return inspection;
    }

    @Override
    public SharedAgents sharedAgents() {
        return new CheckedSharedAgents(runtime.store.sharedAgents());
    }

    @Override
    public ApiKeys apiKeys() {
        return new HashedApiKeys(runtime.store.apiKeys());
    }

    @Override
    public boolean awaitExtraction(Duration limit) {
        Duration wait = ValueCheck.present("limit", limit);
        Duration bounded = wait.isNegative() ? Duration.ZERO : wait;
        return runtime.extraction.awaitIdle(bounded.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : bounded);
    }

    @Override
    public List<Fact> facts(UUID userId, FactQuery query) {
        ValueCheck.present("query", query);
        return runtime.calls.read(ValueCheck.present("userId", userId),
                owner -> runtime.store.replicas().reading(owner, () -> runtime.store.facts().find(owner, query)),
                List::isEmpty);
    }

    @Override
    public List<Episode> episodes(UUID userId, EpisodeQuery query) {
        ValueCheck.present("query", query);
        return runtime.calls.read(ValueCheck.present("userId", userId),
                owner -> runtime.store.replicas().reading(owner,
                        () -> runtime.store.layers().episodes(owner, query)),
                List::isEmpty);
    }

    @Override
    public List<LayerResult> layerResults(UUID userId, UUID roundId) {
        ValueCheck.present("roundId", roundId);
        List<LayerResult> results = runtime.calls.read(ValueCheck.present("userId", userId),
                owner -> runtime.store.work().results(owner, roundId), List::isEmpty);
        if (results.isEmpty()) {
            throw new NotFoundException("The user has no such round in storage.");
        }
        return results;
    }

    @Override
    public ExtractionStatus extractionStatus() {
        return runtime.store.work().status();
    }

    @Override
    public int retryFailed() {
        int items = runtime.store.work().retryFailed();
        runtime.extraction.pollNow();
        return items;
    }

    @Override
    public void flush() {
        runtime.drain.drainAll();
    }

    /// Rejects further calls, stores buffered messages within `buffer.performance.shutdown_timeout`, then stops all
    /// background work and releases the models. Messages that are not stored in that time stay in the journal for the
    /// next start; those that are in no journal are lost, and the log says how many. Blocks until done.
    @Override
    public void close() {
        runtime.close();
    }
}
