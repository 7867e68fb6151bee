package dev.memfuse.engine.memory;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.EngineException;
import dev.memfuse.engine.Layer;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.StoredRound;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class ExtractionDbTest {
    private static final Set<Layer> BOTH = EnumSet.allOf(Layer.class);

    private final Semaphore gate = new Semaphore(0);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> built = new CopyOnWriteArrayList<>();
    private EngineFixture fixture;
    private SessionKey session;
    private Extraction extraction;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start();
        session = fixture.newSession("alice");
        extraction = new Extraction(this::work, fixture.store(), () -> fixture.tunables().get().memoryService(),
                fixture.metrics());
    }

    @AfterEach
    void stop() {
        gate.release(1_000);
        extraction.close();
        fixture.close();
    }

    private void work(Layer layer, SessionKey of, UUID round) {
        inside.incrementAndGet();
        try {
            gate.acquire();
            built.add(layer.name());
            if (failures.getAndDecrement() > 0) {
                throw new EngineException("The model failed.");
            }
        } catch (InterruptedException e) {
            throw new EngineException("Interrupted.", "", e);
        } finally {
            inside.decrementAndGet();
        }
    }

    private UUID storeRound(Set<Layer> layers) {
        UUID round = UUID.randomUUID();
        fixture.store().store(session.userId(), List.of(new StoredRound(round, session, Instant.now(),
                messages("something"), List.of(), List.of(), layers)), Duration.ZERO);
        return round;
    }

    private void submit(Set<Layer> layers) {
        extraction.submit(session, storeRound(layers), layers);
    }

    private void finish() {
        gate.release(1_000);
        assertTrue(extraction.awaitIdle(Duration.ofSeconds(20)));
    }

    private long failedRounds() throws SQLException {
        return fixture.count("SELECT count(*) FROM rounds WHERE m1_state = 'failed' OR m2_state = 'failed'");
    }

    @Test
    void inSequenceOneLayerOfOneRoundAtATime() {
        submit(BOTH);
        submit(BOTH);
        await("the first layer", () -> inside.get() == 1);
        assertEquals(2, extraction.backlog());
        gate.release();
        await("the second layer", () -> built.equals(List.of("M1")) && inside.get() == 1);
        finish();

        assertEquals(List.of("M1", "M2", "M1", "M2"), built);
    }

    @Test
    void inParallelBothLayersOfThreeRoundsAtOnce() {
        fixture.set("memory_service.parallel_enabled=true");
        for (int i = 0; i < 5; i++) {
            submit(BOTH);
        }

        await("six layers at once", () -> inside.get() == 6);
        assertEquals(5, extraction.backlog());
        finish();

        assertEquals(10, built.size());
    }

    @Test
    void aLayerEndsAfterItsTimeLimit() throws SQLException {
        submit(EnumSet.of(Layer.M1));
        await("the layer", () -> inside.get() == 1);
        assertFalse(extraction.awaitIdle(Duration.ofMillis(300)));
        gate.release();
        assertTrue(extraction.awaitIdle(Duration.ofSeconds(20)));
        assertEquals(0, failedRounds());

        fixture.set("memory_service.timeout_per_layer=0.1");
        submit(EnumSet.of(Layer.M1));
        assertTrue(extraction.awaitIdle(Duration.ofSeconds(20)));

        assertEquals(1, failedRounds());
        await("the work is told to stop", () -> inside.get() == 0);
        assertEquals(List.of("M1"), built);
    }

    @Test
    void aLayerThatFailedInParallelRunsOnceMoreWithFallback() throws SQLException {
        fixture.set("memory_service.parallel_enabled=true", "memory_service.enable_fallback=false");
        gate.release(1_000);
        failures.set(1);
        submit(EnumSet.of(Layer.M2));
        assertTrue(extraction.awaitIdle(Duration.ofSeconds(20)));
        assertEquals(List.of("M2"), built);
        assertEquals(1, failedRounds());

        fixture.set("memory_service.enable_fallback=true");
        failures.set(1);
        submit(EnumSet.of(Layer.M2));
        assertTrue(extraction.awaitIdle(Duration.ofSeconds(20)));

        assertEquals(List.of("M2", "M2", "M2"), built);
        assertEquals(1, failedRounds());
    }

    @Test
    void takesUpWhatAnEarlierProcessLeft() {
        storeRound(BOTH);
        storeRound(EnumSet.of(Layer.M2));

        extraction.recover(List.of(session.userId()));
        finish();

        assertEquals(List.of("M1", "M2", "M2"), built);
    }
}
