package dev.memfuse.engine.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.config.section.EmbeddingContext;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.model.EmbeddingPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With memory for one session.
class PrivateSessionsTest {
    private final EmbeddingConfig config = new EmbeddingConfig(EmbeddingModelKind.ALL_MINILM_L6_V2,
            EmbeddingContext.NONE, 16, 1, 0);
    private final EmbeddingPool pool = new EmbeddingPool(1);
    private final PrivateSessions sessions = new PrivateSessions(pool,
            closeIdle -> new SessionLimit(() -> 1L << 40, () -> 0, closeIdle));

    @AfterEach
    void close() {
        pool.close();
        sessions.close();
        assertEquals(0, sessions.loaded());
    }

    @Test
    void aSessionStaysLoadedBetweenCallsUntilAnotherNeedsItsPlace() {
        PrivateSession first = sessions.create(config);
        PrivateSession second = sessions.create(config);
        sessions.begin(first);
        var model = first.model();
        sessions.end(first);
        sessions.begin(first);
        assertEquals(model, first.model());
        sessions.end(first);

        sessions.begin(second);
        assertEquals(1, sessions.loaded());
        assertThrows(IllegalStateException.class, first::model);
        sessions.end(second);

        sessions.begin(first);
        assertEquals(384, first.model().dimension());
        assertEquals(1, sessions.loaded());
        sessions.end(first);
    }

    @Test
    void aCallWaitsWhileAllSessionsAreInUse() throws InterruptedException {
        PrivateSession first = sessions.create(config);
        PrivateSession second = sessions.create(config);
        sessions.begin(first);
        AtomicBoolean began = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            sessions.begin(second);
            began.set(true);
            sessions.end(second);
            done.countDown();
        });
        while (sessions.waiting() == 0) {
            Thread.onSpinWait();
        }
        assertFalse(began.get());

        sessions.end(first);
        done.await();
        assertEquals(1, sessions.loaded());
    }

    @Test
    void aRetiredSessionIsClosedAtTheEndOfItsLastCall() {
        PrivateSession session = sessions.create(config);
        sessions.begin(session);
        sessions.begin(session);
        sessions.retire(session);
        sessions.end(session);
        assertEquals(1, sessions.loaded());
        sessions.end(session);

        assertEquals(0, sessions.loaded());
    }

    @Test
    void aLoadThatFailsReturnsItsPlace() {
        pool.close();
        PrivateSession session = sessions.create(config);
        assertThrows(EngineException.class, () -> sessions.begin(session));

        assertEquals(0, sessions.loaded());
    }
}
