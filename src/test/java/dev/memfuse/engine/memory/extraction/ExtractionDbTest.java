package dev.memfuse.engine.memory.extraction;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.layer.PostponedException;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.LayerStore.Stored;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.engine.spi.WorkStore;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.StoreCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class ExtractionDbTest {
    private static final Set<DerivedLayer> BOTH = EnumSet.allOf(DerivedLayer.class);
    private static final Set<DerivedLayer> ONE = EnumSet.of(DerivedLayer.M1);
    private static final Extraction.Intervals SHORT = new Extraction.Intervals(Duration.ofMillis(20),
            Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMillis(200));
    private static final Duration LIMIT = Duration.ofSeconds(20);

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
        // The extraction of the engine would process the items of these tests.
        fixture.engine().close();
        extraction = newExtraction();
    }

    @AfterEach
    void stop() {
        gate.release(1_000);
        extraction.close();
        fixture.close();
    }

    private Extraction newExtraction() {
        return newExtraction(fixture.store().work());
    }

    private Extraction newExtraction(WorkStore store) {
        Extraction started = new Extraction(this::work, store,
                () -> fixture.tunables().get().memoryService(), fixture.metrics(), SHORT);
        started.start();
        return started;
    }

    private volatile Consumer<WorkItem> work = this::waitAndFinish;

    private void work(WorkItem item) {
        work.accept(item);
    }

    private void waitAndFinish(WorkItem item) {
        inside.incrementAndGet();
        try {
            gate.acquire();
            built.add(item.layer().name());
            if (failures.getAndDecrement() > 0) {
                throw new EngineException("The model failed.");
            }
            finish(item);
        } catch (InterruptedException e) {
            throw new EngineException("Interrupted.", "", e);
        } finally {
            inside.decrementAndGet();
        }
    }

    private Stored finish(WorkItem item) {
        if (item.layer() == DerivedLayer.M1) {
            return fixture.store().layers().storeEpisode(item, List.of(), Optional.empty(), LayerOrigin.NONE);
        }
        Stored stored = Stored.OUTDATED;
        while (stored == Stored.OUTDATED) {
            long revision = fixture.store().facts().known(session.userId()).revision();
            stored = fixture.store().layers().storeFacts(item,
                    new FactChanges(revision, List.of(), List.of(), List.of(), List.of()),
                    LayerOrigin.NONE);
        }
        return stored;
    }

    private UUID storeRound(Set<DerivedLayer> layers) {
        UUID round = UUID.randomUUID();
        fixture.store().rounds().store(session.userId(), List.of(new StoredRound(round, session, Instant.now(),
                messages("something"), List.of(), List.of(), layers)), Duration.ZERO);
        return round;
    }

    private UUID submit(Set<DerivedLayer> layers) {
        UUID round = storeRound(layers);
        extraction.submit(session, round, layers);
        return round;
    }

    private void finishAll() {
        gate.release(1_000);
        assertTrue(extraction.awaitIdle(LIMIT));
    }

    private LayerResult result(UUID round, DerivedLayer layer) {
        return fixture.store().work().results(session.userId(), round).get(layer.ordinal());
    }

    @Test
    void sequentialModeRunsOneLayerAtATime() {
        submit(BOTH);
        submit(BOTH);
        await("the first layer", () -> inside.get() == 1);
        // An estimate: a poll may have found items a moment before they were submitted.
        await("the other items are known", () -> extraction.backlog() >= 4);
        gate.release();
        await("the second layer", () -> built.equals(List.of("M1")) && inside.get() == 1);
        finishAll();

        assertEquals(List.of("M1", "M2", "M1", "M2"), built);
    }

    @Test
    void parallelModeRunsTheConfiguredNumberOfLayers() {
        fixture.set("memory_service.parallel_enabled=true");
        for (int i = 0; i < 5; i++) {
            submit(BOTH);
        }
        await("three layers at once", () -> inside.get() == 3);

        fixture.set("memory_service.max_concurrent_layers=6");
        submit(BOTH);
        await("six layers at once", () -> inside.get() == 6);
        finishAll();

        assertEquals(12, built.size());
    }

    @Test
    void aLayerTimesOut() {
        UUID patient = submit(ONE);
        await("the layer", () -> inside.get() == 1);
        assertFalse(extraction.awaitIdle(Duration.ofMillis(300)));
        assertEquals(LayerStatus.RUNNING, result(patient, DerivedLayer.M1).status());
        gate.release();
        assertTrue(extraction.awaitIdle(LIMIT));
        assertEquals(new LayerResult(DerivedLayer.M1, LayerStatus.DONE, 1, ""), result(patient, DerivedLayer.M1));
        assertEquals(LayerStatus.OFF, result(patient, DerivedLayer.M2).status());

        fixture.set("memory_service.timeout_per_layer=0.1", "memory_service.max_retries=0");
        UUID slow = submit(ONE);
        assertTrue(extraction.awaitIdle(LIMIT));

        assertEquals(new LayerResult(DerivedLayer.M1, LayerStatus.TIMED_OUT, 1,
                "It took longer than 0.1 s (memory_service.timeout_per_layer)."), result(slow, DerivedLayer.M1));
        await("the work is interrupted", () -> inside.get() == 0);
        assertEquals(List.of("M1"), built);
    }

    @Test
    void fallbackRepeatsAFailedParallelLayer() {
        fixture.set("memory_service.parallel_enabled=true", "memory_service.enable_fallback=false",
                "memory_service.max_retries=0");
        gate.release(1_000);
        failures.set(1);
        UUID without = submit(EnumSet.of(DerivedLayer.M2));
        assertTrue(extraction.awaitIdle(LIMIT));
        assertEquals(new LayerResult(DerivedLayer.M2, LayerStatus.FAILED, 1, "The model failed."),
                result(without, DerivedLayer.M2));

        fixture.set("memory_service.enable_fallback=true");
        failures.set(1);
        UUID with = submit(EnumSet.of(DerivedLayer.M2));
        assertTrue(extraction.awaitIdle(LIMIT));

        assertEquals(new LayerResult(DerivedLayer.M2, LayerStatus.DONE, 1, ""), result(with, DerivedLayer.M2));
        assertEquals(List.of("M2", "M2", "M2"), built);
    }

    @Test
    void aFailedLayerIsRetriedAndThenADeadLetter() {
        gate.release(1_000);
        failures.set(3);
        UUID saved = submit(ONE);
        assertTrue(extraction.awaitIdle(LIMIT));
        assertEquals(new LayerResult(DerivedLayer.M1, LayerStatus.DONE, 4, ""), result(saved, DerivedLayer.M1));

        fixture.set("memory_service.max_retries=1");
        failures.set(2);
        UUID dead = submit(ONE);
        assertTrue(extraction.awaitIdle(LIMIT));

        ExtractionStatus status = fixture.store().work().status();
        assertEquals(1, status.of(DerivedLayer.M1).dead());
        ExtractionStatus.DeadLetter letter = status.deadLetters().getFirst();
        assertEquals(dead, letter.roundId());
        assertEquals(new LayerResult(DerivedLayer.M1, LayerStatus.FAILED, 2, "The model failed."), letter.result());

        assertEquals(1, fixture.store().work().retryFailed());
        extraction.pollNow();
        await("the dead letter is done", () -> result(dead, DerivedLayer.M1).status() == LayerStatus.DONE);
        assertEquals(0, fixture.store().work().status().of(DerivedLayer.M1).dead());
    }

    @Test
    void reportsWaitingAndRunningItems() {
        UUID round = submit(BOTH);
        await("the first layer", () -> inside.get() == 1);

        ExtractionStatus status = fixture.store().work().status();

        assertEquals(1, status.of(DerivedLayer.M1).running());
        assertEquals(0, status.of(DerivedLayer.M1).waiting());
        assertEquals(1, status.of(DerivedLayer.M2).waiting());
        assertTrue(status.of(DerivedLayer.M2).oldest().isPresent());
        assertEquals(LayerStatus.QUEUED, result(round, DerivedLayer.M2).status());
    }

    @Test
    void processesItemsOfAnEarlierProcess() {
        storeRound(BOTH);
        storeRound(EnumSet.of(DerivedLayer.M2));

        gate.release(1_000);
        await("the items are processed", () -> built.equals(List.of("M1", "M2", "M2")));
    }

    @Test
    void aDeadProcessLosesItsLeaseAndCannotFinish() {
        extraction.close();
        UUID round = storeRound(ONE);
        WorkItem abandoned = fixture.store().work().claim(session.userId(), UUID.randomUUID(), Duration.ofMillis(400))
                .orElseThrow();
        gate.release(1_000);
        extraction = newExtraction();

        await("another process finishes it", () -> result(round, DerivedLayer.M1).status() == LayerStatus.DONE);

        assertEquals(2, result(round, DerivedLayer.M1).attempts());
        assertEquals(Stored.LEASE_LOST, finish(abandoned));
        assertFalse(fixture.store().work().renew(abandoned, LIMIT));
        fixture.store().work().giveUp(abandoned, LayerStatus.FAILED, "late");
        assertEquals(LayerStatus.DONE, result(round, DerivedLayer.M1).status());
    }

    @Test
    void finishingAfterTheLeaseEndedHasNoEffect() throws SQLException {
        extraction.close();
        UUID round = storeRound(ONE);
        WorkItem late = fixture.store().work().claim(session.userId(), UUID.randomUUID(), Duration.ofMillis(1))
                .orElseThrow();
        await("the lease ends", () -> result(round, DerivedLayer.M1).status() == LayerStatus.QUEUED);

        assertEquals(Stored.LEASE_LOST, finish(late));

        assertEquals(1, fixture.count("SELECT count(*) FROM rounds WHERE m1_state = 'pending'"));
    }

    /// An item that kills its process each time must not be claimed forever.
    @Test
    void anItemThatNeverEndsFailsAfterItsAttempts() {
        fixture.set("memory_service.max_retries=0");
        // It would claim the round itself.
        extraction.close();
        UUID round = storeRound(ONE);
        assertTrue(fixture.store().work().claim(session.userId(), UUID.randomUUID(), Duration.ofMillis(1)).isPresent());
        extraction = newExtraction();

        await("it fails", () -> result(round, DerivedLayer.M1).status() == LayerStatus.FAILED);

        assertEquals("It was started 1 times and ended neither with a result nor with an error.",
                result(round, DerivedLayer.M1).note());
        assertEquals(List.of(), built);
    }

    @Test
    void twoProcessesNeverRunAnItemTwice() {
        fixture.set("memory_service.parallel_enabled=true", "memory_service.max_concurrent_layers=8");
        gate.release(1_000);
        try (Extraction other = newExtraction()) {
            for (int i = 0; i < 40; i++) {
                submit(BOTH);
                other.recover(List.of(session.userId()));
            }
            assertTrue(extraction.awaitIdle(LIMIT));
            assertTrue(other.awaitIdle(LIMIT));
        }

        assertEquals(80, built.size());
        assertEquals(0, fixture.store().work().status().of(DerivedLayer.M2).waiting());
    }

    @Test
    void runningItemsReturnToTheListOnClose() {
        UUID round = submit(ONE);
        await("the layer", () -> inside.get() == 1);

        extraction.close();

        assertEquals(LayerStatus.QUEUED, result(round, DerivedLayer.M1).status(), "it can be claimed at once");
        extraction = newExtraction();
        gate.release(1_000);
        await("the next process finishes it", () -> result(round, DerivedLayer.M1).status() == LayerStatus.DONE);
    }

    @Test
    void runningItemsReturnToTheListWhenTheThreadThatClosesIsInterrupted() {
        CountDownLatch returned = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        WorkStore slow = StoreCalls.around(WorkStore.class, fixture.store().work(), (method, call) -> {
            if (method.equals("postpone")) {
                interrupted.set(isInterruptedWithin(Duration.ofMillis(300)));
                returned.countDown();
            }
            return call.call();
        });
        extraction.close();
        extraction = newExtraction(slow);
        UUID round = submit(ONE);
        await("the layer", () -> inside.get() == 1);

        Thread.currentThread().interrupt();
        extraction.close();

        assertTrue(Thread.interrupted(), "the interruption is kept");
        assertEquals(0, returned.getCount(), "close awaits the return");
        assertFalse(interrupted.get());
        assertEquals(LayerStatus.QUEUED, result(round, DerivedLayer.M1).status());
    }

    /// Closing interrupts builds that take too long, but no statement that returns an item.
    @Test
    void anItemThatIsOnItsWayBackReturnsToTheListOnClose() {
        extraction.close();
        CountDownLatch returning = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        WorkStore slow = StoreCalls.around(WorkStore.class, fixture.store().work(), (method, call) -> {
            if (method.equals("putBack")) {
                returning.countDown();
                interrupted.set(isInterruptedWithin(Duration.ofSeconds(1)));
            }
            return call.call();
        });
        extraction = newExtraction(slow);
        failures.set(1);
        gate.release(1);
        UUID round = submit(ONE);
        await("the build has failed", () -> returning.getCount() == 0);

        extraction.close();

        assertFalse(interrupted.get());
        assertEquals(LayerStatus.QUEUED, result(round, DerivedLayer.M1).status());
    }

    private static boolean isInterruptedWithin(Duration limit) {
        try {
            boolean _ = new CountDownLatch(1).await(limit.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /// The database's clock was set back by an hour: the end of a wait and the end of a lease seem to be far away.
    @Test
    void aClockThatWasSetBackDelaysNeitherAWaitNorAnAbandonedLease() throws SQLException {
        extraction.close();
        storeRound(BOTH);
        fixture.database().withConnection("set the clock back", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE rounds SET m1_until = now() + interval '1 hour', "
                        + "m2_until = now() + interval '1 hour', m2_owner = gen_random_uuid()");
            }
        });
        extraction = newExtraction();
        finishAll();

        assertEquals(List.of("M1", "M2"), built);
    }

    @Test
    void anAbandonedLeaseThatStillRunsIsLeftAlone() throws SQLException {
        extraction.close();
        UUID round = storeRound(ONE);
        fixture.database().withConnection("lease", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE rounds SET m1_until = now() + interval '10 minutes', "
                        + "m1_owner = gen_random_uuid()");
            }
        });
        extraction = newExtraction();
        gate.release(10);
        assertFalse(extraction.awaitIdle(Duration.ofMillis(500)));
        assertEquals(List.of(), built);
        assertEquals(LayerStatus.RUNNING, result(round, DerivedLayer.M1).status());
    }

    /// A build that does not end at its interrupt still runs.
    @Test
    void awaitingEndsAfterABuildThatIgnoresItsInterrupt() {
        CountDownLatch ended = new CountDownLatch(1);
        work = _ -> {
            inside.incrementAndGet();
            while (ended.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
                boolean _ = Thread.interrupted();
            }
            inside.decrementAndGet();
        };
        fixture.set("memory_service.timeout_per_layer=0.1", "memory_service.max_retries=0");
        UUID round = submit(ONE);
        await("it is given up", () -> result(round, DerivedLayer.M1).status() == LayerStatus.TIMED_OUT);

        assertFalse(extraction.awaitIdle(Duration.ofMillis(400)));
        assertEquals(1, inside.get());
        ended.countDown();

        assertTrue(extraction.awaitIdle(LIMIT));
        assertEquals(0, inside.get());
    }

    /// The end of an item and the read of the work list may fall together in any way.
    @Test
    void awaitingNeverReturnsWhileSomethingRuns() {
        fixture.set("memory_service.parallel_enabled=true");
        gate.release(1_000);
        for (int i = 0; i < 60; i++) {
            submit(BOTH);
            assertTrue(extraction.awaitIdle(LIMIT));
            assertEquals(0, inside.get());
            assertEquals(2 * (i + 1), built.size());
        }
    }

    @Test
    void anyReasonOfAFailureIsStored() {
        fixture.set("memory_service.max_retries=0");
        List<String> reasons = List.of("a\0b", "\ud83d", "x".repeat(5_000_000), "", "a\udc00\ud83db");
        for (String reason : reasons) {
            work = _ -> {
                throw new EngineException(reason);
            };
            UUID round = submit(ONE);
            assertTrue(extraction.awaitIdle(LIMIT));
            LayerResult failed = result(round, DerivedLayer.M1);
            assertEquals(LayerStatus.FAILED, failed.status());
            assertTrue(failed.note().length() <= 1_000);
        }
        work = _ -> {
            throw new IllegalStateException("a\0b");
        };
        UUID round = submit(ONE);
        assertTrue(extraction.awaitIdle(LIMIT));
        assertEquals(LayerStatus.FAILED, result(round, DerivedLayer.M1).status());
    }

    @Test
    void aPostponedItemWaitsWithoutAnAttemptAndHoldsBackTheOthers() {
        fixture.set("memory_service.max_retries=0");
        AtomicInteger started = new AtomicInteger();
        work = item -> {
            if (started.incrementAndGet() == 1) {
                throw new PostponedException("Later.", Duration.ofMillis(600), new IllegalStateException());
            }
            finish(item);
        };
        UUID first = submit(ONE);
        UUID second = submit(ONE);
        await("it is postponed", () -> result(first, DerivedLayer.M1).note().equals("Later."));

        assertEquals(new LayerResult(DerivedLayer.M1, LayerStatus.QUEUED, 0, "Later."),
                result(first, DerivedLayer.M1));
        assertEquals(1, started.get());
        assertTrue(extraction.awaitIdle(LIMIT));
        assertEquals(new LayerResult(DerivedLayer.M1, LayerStatus.DONE, 1, ""), result(first, DerivedLayer.M1));
        assertEquals(new LayerResult(DerivedLayer.M1, LayerStatus.DONE, 1, ""), result(second, DerivedLayer.M1));
    }
}
