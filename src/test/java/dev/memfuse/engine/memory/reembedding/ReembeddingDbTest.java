package dev.memfuse.engine.memory.reembedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Reembedding.State;
import dev.memfuse.engine.Reembedding.Status;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.FakeEmbeddingModel;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The job on a database, with a model that the test can block.
@Tag("db")
class ReembeddingDbTest {
    private static final int TEXTS = 300;
    private static final int PORTION = 128;

    private final FakeEmbeddingModel model = new FakeEmbeddingModel("new@1", 256);
    private final List<String> replaced = new CopyOnWriteArrayList<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore allowed = new Semaphore(0);
    private final EmbeddingPool pool = new EmbeddingPool(() -> 1, () -> 64);
    private EngineFixture fixture;
    private SessionKey session;
    private ReembeddingJob job;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start();
        session = fixture.newSession("ada");
        store(session, TEXTS);
        job = newJob();
    }

    @AfterEach
    void close() {
        allowed.release(1_000);
        job.close();
        pool.close();
        fixture.close();
    }

    private ReembeddingJob newJob() {
        return new ReembeddingJob(fixture.store().vectors(), pool,
                new ReembeddingJob.Target(_ -> model.name(), () -> model),
                (user, layer, name, texts, vectors) -> replaced.add(user + " " + layer + " " + name + " " + texts.size()
                        + " " + vectors.size()));
    }

    /// Messages with chunks and facts whose vectors are of an old model.
    private void store(SessionKey to, int texts) throws SQLException {
        List<NewMessage> messages = new ArrayList<>();
        IntStream.range(0, texts).forEach(i -> messages.addAll(EngineFixture.messages("text " + i)));
        fixture.engine().addBatch(to, messages);
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO m1_episodic SELECT user_id, uuidv7(), session_id, round_id, "
                    + "ARRAY[message_id], content, 'message', 2, ARRAY[1]::real[], 'old@1' FROM messages "
                    + "WHERE session_id = '" + to.sessionId() + "' ORDER BY sequence");
        }
    }

    private void holdEachBatch() {
        model.inside = _ -> {
            begun.release();
            allowed.acquireUninterruptibly();
        };
    }

    private void awaitState(State state) {
        EngineFixture.await(state.toString(), () -> job.status().state() == state);
    }

    private long stale(SessionKey of) {
        return fixture.store().vectors().countStale(model.name(), model.name()).getOrDefault(of.userId(), 0L);
    }

    private void awaitBatch() throws InterruptedException {
        assertTrue(begun.tryAcquire(10, TimeUnit.SECONDS), "no batch began");
    }

    @Test
    void replacesEveryStaleVectorAndReportsProgress() throws SQLException {
        assertEquals(new Status(State.IDLE, "new@1", 0, 0, 0, Optional.empty(), ""), job.status());
        job.start();
        awaitState(State.DONE);

        Status status = job.status();
        assertEquals(TEXTS, status.total());
        assertEquals(TEXTS, status.done());
        assertTrue(status.perSecond() > 0);
        assertEquals(0, stale(session));
        assertEquals(TEXTS, fixture.count("SELECT count(*) FROM m1_episodic WHERE embedding_model = 'new@1' "
                + "AND embedding[1] = length(content)"));
        assertEquals(3, replaced.size());
        assertEquals(session.userId() + " M1 new@1 128 128", replaced.getFirst());
    }

    /// A failure that no probe of the database notices: a table is missing for a time.
    @Test
    void goesOnByItselfAfterAFailure() throws SQLException {
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            EngineFixture.await("the pass at start", () -> !fixture.engine().reembedding().status().state().active());
            statement.execute("ALTER TABLE m1_episodic RENAME TO away");
            fixture.engine().reembedding().start();
            EngineFixture.await("failed", () -> fixture.engine().reembedding().status().state() == State.FAILED);
            statement.execute("ALTER TABLE away RENAME TO m1_episodic");

            EngineFixture.await("done", () -> fixture.engine().reembedding().status().state() == State.DONE);
        }
    }

    /// By one statement, whose indexes hold nothing to read when no vector is stale.
    @Test
    void countsTheStaleVectorsOfAllUsersAtOnce() throws SQLException {
        SessionKey second = fixture.newSession("second");
        store(second, 3);

        assertEquals(Map.of(session.userId(), (long) TEXTS, second.userId(), 3L),
                fixture.store().vectors().countStale("new@1", "new@1"));
        assertEquals(Map.of(), fixture.store().vectors().countStale("old@1", "old@1"));
    }

    @Test
    void replacesTheNewestFirst() throws Exception {
        holdEachBatch();
        job.start();
        awaitBatch();

        assertTrue(model.batches.getFirst().contains("text " + (TEXTS - 1)), model.batches.getFirst().toString());
        assertFalse(model.batches.getFirst().contains("text 0"));
    }

    @Test
    void aPausedJobContinuesAfterAStart() throws Exception {
        holdEachBatch();
        job.start();
        awaitBatch();
        job.pause();
        allowed.release(1_000);
        EngineFixture.await("the portion in work", () -> job.status().done() == PORTION);

        assertEquals(State.PAUSED, job.status().state());
        assertEquals(TEXTS - PORTION, stale(session));
        assertTrue(job.status().rest().isPresent());

        job.start();
        awaitState(State.DONE);
        assertEquals(0, stale(session));
    }

    @Test
    void aCancelledJobKeepsItsResultsForTheNext() throws Exception {
        holdEachBatch();
        job.start();
        awaitBatch();
        job.cancel();
        allowed.release(1_000);
        awaitState(State.CANCELLED);
        assertEquals(TEXTS - PORTION, stale(session));

        job = newJob();
        job.start();
        awaitState(State.DONE);

        assertEquals(TEXTS - PORTION, job.status().total());
        assertEquals(0, stale(session));
    }

    @Test
    void losesNothingWhenTheEngineCloses() throws Exception {
        holdEachBatch();
        job.start();
        awaitBatch();
        allowed.release(1_000);
        job.close();
        long remaining = stale(session);
        assertEquals(State.CANCELLED, job.status().state());
        job.start();
        assertEquals(State.CANCELLED, job.status().state(), "a closed job cannot start");

        job = newJob();
        job.start();
        awaitState(State.DONE);
        assertEquals(remaining, job.status().total());
        assertEquals(0, stale(session));
    }

    @Test
    void aFailureStopsTheJobUntilTheNextStart() {
        model.inside = _ -> {
            throw new EngineException("The model is broken.");
        };
        job.start();
        awaitState(State.FAILED);
        assertEquals("The model is broken.", job.status().problem());
        assertEquals(TEXTS, stale(session));

        model.inside = _ -> {};
        job.start();
        awaitState(State.DONE);
        assertEquals(0, stale(session));
    }

    @Test
    void replacesVectorsOfFactsToo() throws SQLException {
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO m2_semantic (user_id, fact_id, session_id, round_id, message_ids, "
                    + "fact_content, fact_type, confidence, embedding, embedding_model, observed_at, valid_from) "
                    + "SELECT user_id, uuidv7(), session_id, round_id, ARRAY[message_id], 'a fact', 'personal', 0.8, "
                    + "ARRAY[1]::real[], 'old@1', "
                    + "now(), now() "
                    + "FROM messages LIMIT 7");
        }
        job.start();
        awaitState(State.DONE);

        assertEquals(TEXTS + 7, job.status().done());
        assertEquals(7, fixture.count("SELECT count(*) FROM m2_semantic WHERE embedding_model = 'new@1' "
                + "AND embedding[1] = 6"));
    }

    @Test
    void everyStatementIsRestrictedToItsUser() throws SQLException {
        SessionKey other = fixture.newSession("bob");
        store(other, 3);

        assertEquals(3, stale(other));
        var stale = fixture.store().vectors().stale(other.userId(), DerivedLayer.M1, "new@1", Optional.empty(),
                10);
        fixture.store().vectors().replace(session.userId(), DerivedLayer.M1, "new@1",
                Map.of(stale.getFirst().id(), new float[]{2}));

        assertEquals(3, stale(other), "another user's vector was replaced");
        assertEquals(TEXTS, stale(session));
    }

    @Test
    void aChangeOfTheModelStartsAnotherPass() throws Exception {
        holdEachBatch();
        job.start();
        awaitBatch();
        job.targetChanged();
        allowed.release(1_000);
        awaitState(State.DONE);

        assertEquals(0, stale(session));
        assertEquals(0, job.status().total(), "the second pass found nothing left");
    }
}
