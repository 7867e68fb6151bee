package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.search.TextSearch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Deletion erases data from every table, from buffers, queries and index, also after a restart and during concurrent
/// operations.
@Tag("db")
class ErasureDbTest {
    /// An invented word in every text to delete. M2 takes it for a name, so it is an entity too.
    private static final String MARKER = "Quorvexil";
    private static final String KEPT = "Brintalor";
    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            + "AND datname = current_database() AND application_name = 'memfuse-console'";

    private EngineFixture fixture;
    private SessionKey session;
    private SessionKey other;

    enum What {
        MESSAGES,
        SESSION,
        USER
    }

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true");
        session = fixture.newSession("alice");
        other = fixture.anotherSession(session);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private MemoryEngine engine() {
        return fixture.engine();
    }

    private long found(String text) {
        try {
            return TextSearch.count(fixture, text.toLowerCase(Locale.ROOT)).values().stream()
                    .mapToLong(Long::longValue).sum();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private long count(String sql) {
        try {
            return fixture.count(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitExtraction() {
        assertTrue(engine().awaitExtraction(Duration.ofSeconds(60)));
    }

    /// Adds three messages with the marker, two stored with M1 and M2 and one buffered, each with one without marker.
    private List<UUID> fill() {
        fixture.set("buffer.bypass_mode=true");
        AddResult stored = engine().addBatch(session, messages("I moved to Quorvexil last year with my old dog.",
                "I work at Brintalor Mills.", "We have a house in Quorvexil near the sea."));
        engine().addBatch(other, messages("I like the markets of Brintalor very much."));
        awaitExtraction();
        fixture.set("buffer.bypass_mode=false");
        AddResult buffered = engine().addBatch(session,
                messages("Quorvexil again, only in a buffer.", "Brintalor, only in a buffer."));
        assertTrue(tables().keySet().containsAll(List.of("m1_episodes.summary", "m1_episodic.content",
                "m2_semantic.entities", "m2_semantic.fact_content", "messages.content")),
                () -> "the marker must be in every layer: " + tables().keySet());
        assertFalse(engine().query(session.userId(), MARKER, 10).hits().isEmpty());
        return List.of(stored.messageIds().get(0), stored.messageIds().get(2), buffered.messageIds().get(0));
    }

    private Map<String, Long> tables() {
        try {
            return TextSearch.count(fixture, "quorvexil");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private DeleteResult delete(What what, List<UUID> marked) {
        return switch (what) {
            case MESSAGES -> engine().deleteMessages(session, marked);
            case SESSION -> engine().deleteSession(session);
            case USER -> engine().deleteUser(session.userId());
        };
    }

    private static DeleteResult expected(What what) {
        return switch (what) {
            case MESSAGES -> new DeleteResult(1, 2, 2, 2, 0, 1);
            case SESSION -> new DeleteResult(2, 3, 3, 3, 1, 1);
            case USER -> new DeleteResult(2, 4, 4, 4, 2, 2);
        };
    }

    private static int left(What what) {
        return switch (what) {
            case MESSAGES -> 3;
            case SESSION -> 1;
            case USER -> 0;
        };
    }

    @ParameterizedTest
    @EnumSource(What.class)
    void deletionErasesEveryCopyAndReturnsTheCounts(What what) {
        List<UUID> marked = fill();

        DeleteResult result = delete(what, marked);

        assertEquals(expected(what), result);
        assertGone(what, marked);
        engine().flush();
        awaitExtraction();
        assertGone(what, marked);
        fixture.restart();
        awaitExtraction();
        assertGone(what, marked);
        assertEquals(new DeleteResult(0, 0, 0, 0, 0, 0), delete(What.MESSAGES, marked));
    }

    private void assertGone(What what, List<UUID> marked) {
        assertEquals(Map.of(), tables());
        assertEquals(List.of(), engine().read(session.userId(), marked));
        List<String> hits = engine().query(session.userId(), MARKER, 100).hits().stream()
                .map(hit -> hit.message().content()).toList();
        assertFalse(hits.toString().contains(MARKER), hits::toString);
        assertEquals(left(what), hits.size(), hits::toString);
        if (what == What.MESSAGES) {
            assertFalse(engine().messages(session, 100, Order.OLDEST_FIRST).toString().contains(MARKER));
        } else {
            assertThrows(NotFoundException.class, () -> engine().messages(session, 100, Order.OLDEST_FIRST));
            assertThrows(NotFoundException.class, () -> engine().addBatch(session, messages("to nowhere")));
        }
        assertEquals(what == What.USER ? 0 : 1, engine().user("alice").stream().count());
    }

    /// Searches every row of every table: not even an id of the user is left.
    @Test
    void noRowOfADeletedUserIsLeft() throws Exception {
        fill();
        engine().deleteUser(session.userId());

        assertEquals(Map.of(), TextSearch.count(fixture, session.userId().toString()));
        assertEquals(Map.of(), TextSearch.count(fixture, session.sessionId().toString()));
    }

    @Test
    void aUserOfTheSameNameStartsWithNothing() {
        fill();
        engine().deleteUser(session.userId());

        SessionKey again = fixture.newSession("alice");
        engine().addBatch(again, messages("a new beginning"));

        assertEquals(1, engine().query(again.userId(), MARKER, 10).searched());
        assertEquals(List.of(), engine().query(session.userId(), MARKER, 10).hits());
        assertEquals(1, engine().sessions(again.userId()).size());
    }

    /// A chunk of several messages is rebuilt from the remaining ones.
    @Test
    void aSharedChunkIsRebuiltWithoutTheMessage() {
        fixture.set("buffer.hybrid_buffer.chunk_strategy=token_based");
        AddResult added = engine().addBatch(session, messages("Quorvexil one.", "Brintalor two.", "Brintalor three."));
        awaitExtraction();
        assertEquals(1, count("SELECT count(*) FROM m1_episodic"));

        engine().deleteMessages(session, added.messageIds().subList(0, 1));
        awaitExtraction();

        assertEquals(0, found(MARKER));
        assertEquals(1, count("SELECT count(*) FROM m1_episodic WHERE cardinality(message_ids) = 2"));
    }

    /// The later round must not keep a chunk of a message that exists already, since the chunk would outlive the
    /// message.
    @Test
    void aMessageAddedToTwoSessionsIsDeletedWithTheSessionThatHoldsIt() {
        fixture.set("buffer.bypass_mode=false", "buffer.round_buffer.max_size=1", "layers.m2.enabled=false");
        List<NewMessage> same = messages("Quorvexil said twice.");
        engine().addBatch(session, same);
        engine().addBatch(session, messages("Brintalor."));
        engine().addBatch(other, same);
        engine().addBatch(other, messages("Brintalor."));
        engine().flush();
        awaitExtraction();

        engine().deleteSession(session);

        assertEquals(0, found(MARKER));
    }

    private static CompletableFuture<Void> inBackground(Runnable work) {
        return CompletableFuture.runAsync(work, Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory()));
    }

    private Connection locked(String sql) throws SQLException {
        Connection connection = fixture.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    /// The texts are deleted after extraction read them and before it stores its results.
    @ParameterizedTest
    @EnumSource(What.class)
    void runningExtractionRestoresNothing(What what) throws Exception {
        fixture.set("buffer.bypass_mode=true");
        CompletableFuture<DeleteResult> deletion;
        try (Connection lock = locked("LOCK TABLE m1_episodic, m2_semantic IN EXCLUSIVE MODE")) {
            List<UUID> ids = engine().addBatch(session, messages("I moved to Quorvexil last year with my dog."))
                    .messageIds();
            await("extraction waits to store", () -> count(WAITING) >= 1);
            deletion = CompletableFuture.supplyAsync(() -> delete(what, ids),
                    Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory()));
            await("the deletion waits for extraction", () -> count(WAITING) >= 2);
            lock.rollback();
        }
        assertEquals(1, deletion.join().messages());
        awaitExtraction();

        assertEquals(0, found(MARKER));
    }

    /// The texts are deleted before extraction reads them.
    @Test
    void extractionAfterTheDeletionStoresNothing() {
        fixture.set("layers.m1.enabled=false", "layers.m2.enabled=false");
        AddResult added = engine().addBatch(session, messages("Quorvexil is gone.", "Brintalor stays."));
        UUID round = added.roundId();
        pending(round);
        Chunk shared = chunk(added.messageIds(), "Quorvexil is gone. Brintalor stays.");
        Fact fact = Facts.of(session, round, added.messageIds().subList(0, 1), MARKER, "m", 1);
        WorkItem first = claim();
        WorkItem second = claim();
        WorkItem m1 = first.layer() == DerivedLayer.M1 ? first : second;
        WorkItem m2 = first.layer() == DerivedLayer.M1 ? second : first;
        engine().deleteMessages(session, added.messageIds().subList(0, 1));

        assertEquals(LayerStore.Stored.OUTDATED,
                fixture.store().layers().storeEpisode(m1, List.of(shared), Optional.empty(), LayerOrigin.NONE));
        assertEquals(LayerStore.Stored.OUTDATED, fixture.store().layers().storeFacts(m2,
                Facts.added(fixture.store(), session.userId(), List.of(fact)), LayerOrigin.NONE));

        assertEquals(0, found(MARKER));
        assertEquals(1, count("SELECT count(*) FROM rounds WHERE m1_state = 'pending' AND m2_state = 'pending'"));
        assertEquals(LayerStore.Stored.DONE, fixture.store().layers().storeEpisode(m1,
                List.of(chunk(added.messageIds().subList(1, 2), "Brintalor stays.")), Optional.empty(),
                LayerOrigin.NONE));
        assertEquals(0, found(MARKER));
        assertEquals(1, count("SELECT count(*) FROM m1_episodic"));
    }

    private WorkItem claim() {
        return fixture.store().work().claim(session.userId(), UUID.randomUUID(), Duration.ofMinutes(1)).orElseThrow();
    }

    private void pending(UUID round) {
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            statement.execute("UPDATE rounds SET m1_state = 'pending', m2_state = 'pending' WHERE round_id = '" + round
                    + "'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Chunk chunk(List<UUID> ids, String content) {
        return new Chunk(UUID.randomUUID(), ids, content, "token_based", 3, new float[]{1}, "m");
    }

    @ParameterizedTest
    @EnumSource(What.class)
    void aFlushInFlightRestoresNothing(What what) throws Exception {
        fixture.set("buffer.bypass_mode=false");
        List<UUID> ids = engine().addBatch(session, messages("Quorvexil in flight.")).messageIds();
        CompletableFuture<Void> flush;
        CompletableFuture<Void> deletion;
        try (Connection lock = locked("SELECT 1 FROM sessions FOR UPDATE")) {
            flush = inBackground(engine()::flush);
            await("the flush waits for the lock", () -> count(WAITING) == 1);
            deletion = inBackground(() -> delete(what, ids));
            lock.rollback();
        }
        flush.join();
        deletion.join();
        engine().flush();
        awaitExtraction();

        assertEquals(0, found(MARKER));
        fixture.restart();
        assertEquals(0, found(MARKER));
    }

    /// Writers, queries and a reader run during the deletion of the user. Messages acknowledged before it are gone, and
    /// later calls find no user.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aUserDeletedUnderLoadStaysDeleted(boolean bypass) throws Exception {
        fixture.set("buffer.bypass_mode=" + bypass, "buffer.round_buffer.max_size=2",
                "buffer.hybrid_buffer.max_size=2");
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            SessionKey to = writer % 2 == 0 ? session : other;
            work.add(inBackground(() -> writeUntil(stop, to)));
        }
        work.add(inBackground(() -> {
            while (!stop.get()) {
                engine().query(session.userId(), MARKER, 5);
                engine().flush();
            }
        }));
        await("there is something", () -> engine().query(session.userId(), MARKER, 100).searched() > 40);

        DeleteResult result = engine().deleteUser(session.userId());
        assertTrue(result.messages() + result.buffered() > 40, result::toString);
        assertEquals(List.of(), engine().query(session.userId(), MARKER, 5).hits());
        stop.set(true);
        work.forEach(CompletableFuture::join);
        engine().flush();
        awaitExtraction();

        assertEquals(List.of(), engine().query(session.userId(), MARKER, 5).hits());
        assertEquals(0, found(MARKER));
        fixture.restart();
        assertEquals(0, found(MARKER));
        assertTrue(engine().user("alice").isEmpty());
    }

    /// Waits for the storage now and then: writers that outrun it would make the test as long as the machine is fast.
    private void writeUntil(AtomicBoolean stop, SessionKey to) {
        for (int written = 1; !stop.get(); written++) {
            try {
                engine().addBatch(to, messages("Quorvexil, and I like it very much."));
                if (written % 20 == 0) {
                    engine().flush();
                }
            } catch (NotFoundException e) {
                return;
            }
        }
        throw new AssertionError("the writer was never told that its session is gone");
    }

    /// An import of a user with the id of a deleted one must not see cached data of the deleted one.
    @Test
    void anImportedUserSeesNoCachedDataOfADeletedUserWithTheSameId() {
        fill();
        List<UserRecord> saved = new ArrayList<>();
        engine().exportUser(session.userId(), saved::add);
        engine().deleteUser(session.userId());
        assertThrows(NotFoundException.class, () -> engine().addBatch(session, messages("between")));
        assertEquals(0, engine().query(session.userId(), MARKER, 10).searched());

        engine().importUser(null, saved::stream);

        assertEquals(6, engine().query(session.userId(), MARKER, 10).searched());
        IntStream.range(0, 3).forEach(i -> engine().addBatch(session, messages("more of " + KEPT + i)));
        engine().flush();
        assertEquals(8, engine().messages(session, 100, Order.OLDEST_FIRST).size());
    }
}
