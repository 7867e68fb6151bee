package dev.memfuse.load.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.ApiKeys;
import dev.memfuse.engine.DamagedLetter;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.DeadLetters;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.Directories;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
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
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import org.jspecify.annotations.Nullable;

/// An in-memory engine whose calls a test can delay or fail.
public final class FakeEngine implements MemoryEngine {
    /// Queries in their order.
    public final List<QueryRequest> requests = new CopyOnWriteArrayList<>();
    /// Result of each query.
    public QueryResult answer = new QueryResult(List.of(), 0, 0, 0, false, false);
    /// Pages and explained queries.
    public final FakeInspection inspection = new FakeInspection();
    /// Facts of all users.
    public final List<Fact> facts = new CopyOnWriteArrayList<>();
    /// Episodes of all users.
    public final List<Episode> episodes = new CopyOnWriteArrayList<>();
    /// The job that replaces vectors; null when the test needs none.
    public @Nullable Reembedding reembedding;
    /// The job that builds layers; null when the test needs none.
    public @Nullable LayerBuild layerBuild;
    /// Supplies the extraction status.
    public Supplier<ExtractionStatus> extraction = () -> new ExtractionStatus(Map.of(), List.of());
    /// Called during each `add`, `query` and `list` with the name of the operation.
    public volatile Consumer<String> inside = _ -> {};
    public final Map<UUID, List<Session>> sessions = new ConcurrentHashMap<>();
    public final Map<UUID, List<String>> added = new ConcurrentHashMap<>();
    /// Users of [#prepareQueries].
    public final Set<UUID> prepared = ConcurrentHashMap.newKeySet();
    public final List<String> questions = new CopyOnWriteArrayList<>();
    public final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
    public final List<DamagedLetter> damagedLetters = new CopyOnWriteArrayList<>();
    /// Rounds of dead letters of another database.
    public final Set<UUID> unknownLetters = ConcurrentHashMap.newKeySet();
    public final AtomicInteger calls = new AtomicInteger();
    public final AtomicInteger inFlight = new AtomicInteger();
    public final AtomicInteger overlappingAdds = new AtomicInteger();
    /// Users of [#loadData] with the name of their run.
    public final Map<UUID, String> marks = new ConcurrentHashMap<>();
    /// Runs with a lease.
    public final Set<String> running = ConcurrentHashMap.newKeySet();
    /// Called by each renewal of a lease, before it.
    public volatile Consumer<String> holding = _ -> {};
    /// Called by each end of a lease, before it.
    public volatile Consumer<String> ending = _ -> {};
    /// Called by each `add` between storing and acknowledging.
    public volatile Runnable answering = () -> {};
    /// Messages that are acknowledged and not stored, of each user.
    public volatile int unstored;
    /// Called by each creation of a user, before it.
    public volatile Runnable creating = () -> {};
    /// Called by each deletion of a user, before it.
    public volatile Consumer<UUID> deleting = _ -> {};
    /// Called by each export of a user, before its first record.
    public volatile Consumer<UUID> exporting = _ -> {};
    private final Set<UUID> adding = ConcurrentHashMap.newKeySet();
    private final Map<UUID, List<UUID>> ids = new ConcurrentHashMap<>();
    private final Map<String, User> users = new ConcurrentHashMap<>();

    private void call(String operation) {
        calls.incrementAndGet();
        inFlight.incrementAndGet();
        try {
            inside.accept(operation);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    @Override
    public User createUser(String name) {
        creating.run();
        User user = new User(UUID.randomUUID(), name, Instant.now());
        users.put(name, user);
        added.put(user.id(), new CopyOnWriteArrayList<>());
        sessions.put(user.id(), new CopyOnWriteArrayList<>());
        return user;
    }

    /// Returns the users in the order of their names.
    public List<User> users() {
        return users.values().stream().sorted(Comparator.comparing(User::name)).toList();
    }

    @Override
    public Optional<User> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    @Override
    public Optional<User> user(UUID userId) {
        return users.values().stream().filter(user -> user.id().equals(userId)).findFirst();
    }

    @Override
    public Agent createAgent(UUID userId, String name) {
        return new Agent(userId, UUID.randomUUID(), name, Instant.now());
    }

    @Override
    public Optional<Agent> agent(UUID userId, String name) {
        return Optional.empty();
    }

    @Override
    public Session createSession(UUID userId, UUID agentId, @Nullable String name) {
        Session session = new Session(new SessionKey(userId, UUID.randomUUID()), agentId, String.valueOf(name),
                Instant.now());
        sessions(userId).add(session);
        return session;
    }

    @Override
    public List<Session> sessions(UUID userId) {
        return Objects.requireNonNull(sessions.get(userId));
    }

    @Override
    public AddResult addBatch(SessionKey session, List<NewMessage> messages) {
        if (!adding.add(session.userId())) {
            overlappingAdds.incrementAndGet();
        }
        try {
            call("add");
            List<String> texts = Objects.requireNonNull(added.get(session.userId()));
            messages.forEach(message -> texts.add(message.content()));
            ids.computeIfAbsent(session.userId(), _ -> new CopyOnWriteArrayList<>())
                    .addAll(messages.stream().map(NewMessage::id).toList());
            answering.run();
        } finally {
            adding.remove(session.userId());
        }
        return new AddResult(UUID.randomUUID(), messages.stream().map(NewMessage::id).toList(),
                AddResult.Acknowledgement.MEMORY, false, AddResult.LayerStatus.OFF, AddResult.LayerStatus.OFF);
    }

    @Override
    public QueryResult query(UUID userId, QueryRequest request) {
        questions.add(request.text());
        requests.add(request);
        call("query");
        return answer;
    }

    @Override
    public void prepareQueries(UUID userId) {
        prepared.add(userId);
    }

    @Override
    public MessageList messages(SessionKey session, int limit, Order order) {
        call("list");
        return MessageList.complete(inspection.stored(session, order == Order.NEWEST_FIRST ? Message.UNASSIGNED : 0,
                order, limit));
    }

    @Override
    public MessageList read(UUID userId, Collection<UUID> messageIds) {
        return MessageList.complete(inspection.stored.stream().filter(one -> messageIds.contains(one.id())).toList());
    }

    @Override
    public List<Message> buffered(SessionKey session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Knowledge knowledge() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Message> updateMessages(SessionKey session, List<MessageChange> changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeleteResult deleteMessages(SessionKey session, Collection<UUID> messageIds) {
        return new DeleteResult(0, 0, 0, 0, 0, 0);
    }

    @Override
    public DeleteResult deleteSession(SessionKey session) {
        return new DeleteResult(0, 0, 0, 0, 0, 0);
    }

    @Override
    public DeleteResult deleteUser(UUID userId) {
        deleting.accept(userId);
        marks.remove(userId);
        users.values().removeIf(user -> user.id().equals(userId));
        return new DeleteResult(1, 2, 3, 4, 5, 6);
    }

    @Override
    public DeadLetters deadLetters() {
        return new DeadLetters() {
            @Override
            public int count() {
                return deadLetters.size();
            }

            @Override
            public void forEach(Consumer<DeadLetter> each) {
                deadLetters.forEach(each);
            }

            @Override
            public List<DamagedLetter> damaged() {
                return damagedLetters;
            }

            @Override
            public Set<UUID> unknown() {
                return unknownLetters;
            }

            @Override
            public Retry retry(Collection<UUID> roundIds) {
                return new Retry(discard(roundIds), deadLetters.size());
            }

            @Override
            public int discard(Collection<UUID> roundIds) {
                int before = deadLetters.size();
                deadLetters.removeIf(letter -> roundIds.contains(letter.roundId()));
                int deleted = before - deadLetters.size();
                before = damagedLetters.size();
                damagedLetters.removeIf(letter -> roundIds.contains(letter.roundId()));
                return deleted + before - damagedLetters.size();
            }
        };
    }

    @Override
    public void exportUser(UUID userId, Consumer<UserRecord> each) {
        exporting.accept(userId);
        User user = users.values().stream().filter(candidate -> candidate.id().equals(userId)).findFirst()
                .orElseThrow();
        each.accept(new UserRecord(RecordKind.USER,
                Arrays.asList(userId, user.name(), null, user.createdAt())));
    }

    @Override
    public User importUser(@Nullable String name, Supplier<Stream<UserRecord>> records) {
        try (Stream<UserRecord> opened = records.get()) {
            UserRecord first = opened.toList().getFirst();
            return createUser(name == null ? String.valueOf(first.value("name")) : name);
        }
    }

    @Override
    public LayerBuild layerBuild() {
        return Objects.requireNonNull(layerBuild, "set by the test");
    }

    @Override
    public VectorBacklog vectorBacklog() {
        return new VectorBacklog(12, 34, 5.6);
    }

    @Override
    public Reembedding reembedding() {
        return Objects.requireNonNull(reembedding, "set by the test");
    }

    @Override
    public Directories directories() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FakeInspection inspection() {
        return inspection;
    }

    @Override
    public SharedAgents sharedAgents() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ApiKeys apiKeys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LoadData loadData() {
        return new LoadData() {
            @Override
            public User createUser(String name, String run) {
                User user = FakeEngine.this.createUser(name);
                marks.put(user.id(), run);
                return user;
            }

            @Override
            public List<MarkedUser> users() {
                return FakeEngine.this.users().stream().filter(user -> marks.containsKey(user.id()))
                        .map(user -> new MarkedUser(user.id(), user.name(),
                                Objects.requireNonNull(marks.get(user.id())), user.createdAt()))
                        .toList();
            }

            @Override
            public void holdRun(String run, Duration lease) {
                holding.accept(run);
                running.add(run);
            }

            @Override
            public void endRun(String run) {
                ending.accept(run);
                running.remove(run);
            }

            @Override
            public Set<String> running() {
                return Set.copyOf(running);
            }

            @Override
            public Size size() {
                return new Size(users().size(),
                        users().stream().mapToLong(user -> storedMessages(user.id(), Set.of())).sum(),
                        1_000);
            }

            @Override
            public long storedMessages(UUID userId, Collection<UUID> except) {
                List<UUID> counted = new ArrayList<>(ids.getOrDefault(userId, List.of()));
                counted.removeAll(Set.copyOf(except));
                return Math.max(0, counted.size() - unstored);
            }

            @Override
            public DatabaseSize database() {
                return new DatabaseSize(users.size(), 7, 8_388_608);
            }

            @Override
            public DatabaseWork work() {
                return new DatabaseWork(calls.get(), 100L * calls.get());
            }
        };
    }

    @Override
    public void flush() {}

    @Override
    public boolean awaitExtraction(Duration limit) {
        return true;
    }

    @Override
    public List<Fact> facts(UUID userId, FactQuery query) {
        return facts.stream().filter(fact -> fact.session().userId().equals(userId)).limit(query.limit()).toList();
    }

    @Override
    public List<Episode> episodes(UUID userId, EpisodeQuery query) {
        return episodes.stream().filter(one -> one.session().userId().equals(userId)).limit(query.limit()).toList();
    }

    @Override
    public List<LayerResult> layerResults(UUID userId, UUID roundId) {
        return List.of();
    }

    @Override
    public ExtractionStatus extractionStatus() {
        return extraction.get();
    }

    @Override
    public int retryFailed() {
        return 0;
    }
}
