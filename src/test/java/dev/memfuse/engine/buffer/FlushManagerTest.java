package dev.memfuse.engine.buffer;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.buffer.FlushBatch.Priority;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlushManagerTest {
    private final UUID alice = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final HandTimer timer = new HandTimer();
    private final GatedTarget target = new GatedTarget();
    private volatile BufferConfig.PerformanceConfig limits = Rounds.flushing(1, 100);
    private final AtomicLong nanos = new AtomicLong();
    private final FlushManager flush = new FlushManager(() -> limits, target, timer,
            new MetricsHub(Clock.systemUTC()), nanos::get);

    @AfterEach
    void stop() {
        target.open();
        timer.shutdownNow();
    }

    private void submit(UUID user, Priority priority, String name) {
        flush.submit(Rounds.batch(user, priority, name));
    }

    private void submit(UUID user, String name) {
        submit(user, Priority.NORMAL, name);
    }

    /// Defect 17 of the original: the lowest priority was served first.
    @Test
    void storesTheHighestPriorityFirst() {
        submit(UUID.randomUUID(), "first");
        submit(UUID.randomUUID(), Priority.LOW, "low");
        submit(UUID.randomUUID(), Priority.CRITICAL, "critical");
        submit(UUID.randomUUID(), Priority.NORMAL, "normal");
        submit(UUID.randomUUID(), Priority.HIGH, "high");

        target.open();
        await("all stored", () -> target.stored.size() == 5);

        assertEquals(List.of("first", "critical", "high", "normal", "low"), target.stored);
    }

    @Test
    void aUserWhoseBatchesNeverEndTakesTurnsWithTheOthers() {
        submit(alice, "a1");
        nanos.incrementAndGet();
        submit(bob, "b1");
        nanos.incrementAndGet();
        submit(alice, "a2");
        nanos.incrementAndGet();

        target.open();
        await("all stored", () -> target.stored.size() == 3);

        assertEquals(List.of("a1", "b1", "a2"), target.stored);
    }

    @Test
    void aUserThatWaitedLongGoesBeforeHigherPriorities() {
        submit(UUID.randomUUID(), "first");
        submit(alice, Priority.LOW, "a1");
        nanos.addAndGet(FlushLane.MAX_WAIT.toNanos());
        submit(bob, Priority.CRITICAL, "b1");

        target.open();
        await("all stored", () -> target.stored.size() == 3);

        assertEquals(List.of("first", "a1", "b1"), target.stored);
    }

    @Test
    void isolatesTheRoundsThatStorageRefusesAndStoresTheOthersInOrder() {
        target.refuse("a3");
        target.refuse("a7");
        submit(UUID.randomUUID(), "first");
        List<String> names = IntStream.range(0, 10).mapToObj(i -> "a" + i).toList();
        names.forEach(name -> submit(alice, name));
        submit(bob, "b");

        target.open();
        await("all ended", () -> target.stored.size() == 12);

        assertEquals(List.of("a3", "a7"), target.refused);
        assertEquals(List.of("a0", "a1", "a2", "a4", "a5", "a6", "a8", "a9"),
                target.rounds.stream().filter(name -> name.startsWith("a")).toList());
        assertEquals(List.of(), target.failed);
        assertTrue(target.rounds.contains("b"));
    }

    @Test
    void anOutageWhileRoundsAreIsolatedRefusesNoRound() throws InterruptedException {
        target.refuse("a1");
        submit(UUID.randomUUID(), "first");
        submit(alice, "a0");
        submit(alice, "a1");
        target.gate.release(2);
        await("both together are refused", () -> target.inside.get() == 1 && target.entered.size() == 3);
        target.unavailable(true);

        target.open();
        HandTimer.Scheduled retry = timer.next();
        assertEquals(List.of(), target.refused);
        target.unavailable(false);
        retry.work().run();

        await("all ended", () -> target.stored.size() == 3);
        assertEquals(List.of("a1"), target.refused);
        assertTrue(target.rounds.contains("a0"));
    }

    @Test
    void keepsTheOrderOfAUserRegardlessOfPriority() {
        limits = Rounds.flushing(4, 100);
        submit(alice, Priority.LOW, "a1");
        submit(alice, Priority.LOW, "a2");
        submit(alice, Priority.CRITICAL, "a3");

        await("one attempt", () -> target.inside.get() == 1);
        assertEquals(List.of("a1"), target.entered);
        target.open();
        await("all stored", () -> target.stored.size() == 3);

        assertEquals(List.of("a1", "a2", "a3"), target.stored);
    }

    @Test
    void keepsTheOrderOfAUserDuringARetryAndStoresOthers() throws InterruptedException {
        target.failNext("a1", 1);
        target.open();
        submit(alice, "a1");
        HandTimer.Scheduled retry = timer.next();
        submit(alice, Priority.CRITICAL, "a2");
        submit(bob, "b1");
        await("another user is served", () -> target.stored.contains("b1"));
        assertEquals(List.of("b1"), target.stored);

        retry.work().run();
        await("all stored", () -> target.stored.size() == 3);

        assertEquals(List.of("b1", "a1", "a2"), target.stored);
    }

    @Test
    void triesFourTimesThenReturnsTheBatch() throws InterruptedException {
        target.failNext("a1", 100);
        target.open();
        submit(alice, "a1");
        for (long seconds : new long[]{2, 4, 8}) {
            HandTimer.Scheduled retry = timer.next();
            assertEquals(seconds, retry.seconds());
            assertEquals(List.of(), target.failed);
            retry.work().run();
        }
        await("given back", () -> !target.failed.isEmpty());

        assertEquals(List.of("a1", "a1", "a1", "a1"), target.entered);
        assertEquals(List.of("a1"), target.failed);
        submit(alice, "a2");
        await("the next one is served", () -> target.stored.equals(List.of("a2")));
    }

    @Test
    void aFullQueueBlocksSubmit() throws InterruptedException {
        limits = Rounds.flushing(1, 1);
        submit(alice, "running");
        submit(bob, "queued");
        Thread writer = Thread.ofPlatform().start(() -> submit(UUID.randomUUID(), "third"));
        await("the writer waits", () -> writer.getState() == Thread.State.WAITING);

        assertEquals(1, flush.queued());
        target.gate.release();
        assertTrue(writer.join(Duration.ofSeconds(20)), "the writer continues when there is room");
        target.open();
        await("all stored", () -> target.stored.size() == 3);
    }

    @Test
    void aLargerQueueUnblocksSubmit() throws InterruptedException {
        limits = Rounds.flushing(1, 1);
        submit(alice, "running");
        submit(bob, "queued");
        Thread writer = Thread.ofPlatform().start(() -> submit(UUID.randomUUID(), "third"));
        await("the writer waits", () -> writer.getState() == Thread.State.WAITING);

        limits = Rounds.flushing(1, 2);
        flush.limitsChanged();

        assertTrue(writer.join(Duration.ofSeconds(20)), "the writer continues");
        assertEquals(2, flush.queued());
        assertEquals(List.of("running"), target.entered);
    }

    @Test
    void runsOneFlushPerWorker() {
        for (int i = 0; i < 5; i++) {
            submit(UUID.randomUUID(), "u" + i);
        }
        await("one flush", () -> target.inside.get() == 1);
        assertEquals(4, flush.queued());

        limits = Rounds.flushing(3, 100);
        flush.limitsChanged();

        await("three flushes", () -> target.inside.get() == 3);
        assertEquals(2, flush.queued());
    }

    @Test
    void retriesWithoutLimitWhileStorageIsUnavailable() throws InterruptedException {
        target.open();
        target.unavailable(true);
        submit(alice, "a1");
        for (int i = 0; i < 10; i++) {
            HandTimer.Scheduled retry = timer.next();
            assertEquals(1, retry.seconds());
            retry.work().run();
        }
        HandTimer.Scheduled last = timer.next();
        target.unavailable(false);
        last.work().run();
        await("stored", () -> target.stored.equals(List.of("a1")));

        assertEquals(List.of(), target.failed);
    }

    /// Many users wait for a retry after an outage, and the retries are due at the same moment.
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void keepsTheNumberOfWorkersWhenManyRetriesAreDueAtOnce(int workers) throws InterruptedException {
        limits = Rounds.flushing(workers, 1_000);
        target.unavailable(true);
        target.open();
        List<HandTimer.Scheduled> retries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            submit(UUID.randomUUID(), "u" + i);
            retries.add(timer.next());
        }
        target.close();

        retries.forEach(retry -> retry.work().run());
        await("all workers run", () -> target.inside.get() == workers);
        target.unavailable(false);
        target.open();
        await("all stored", () -> target.stored.size() == 100);

        assertEquals(workers, target.most.get());
    }

    @Test
    void storesQueuedBatchesOfAUserTogether() {
        submit(alice, "a1");
        await("one attempt", () -> target.inside.get() == 1);
        submit(alice, "a2");
        submit(alice, "a3");
        target.open();
        await("all stored", () -> target.stored.size() == 3);

        assertEquals(List.of("a1", "a2", "a3"), target.stored);
        assertEquals(List.of(1, 2), target.sizes);
    }

    @Test
    void storesTheOtherBatchesWhenOneFails() throws InterruptedException {
        submit(alice, "a1");
        await("one attempt", () -> target.inside.get() == 1);
        target.failNext("a2", 100);
        submit(alice, "a2");
        submit(alice, "a3");
        target.open();
        for (int i = 0; i < 3; i++) {
            timer.next().work().run();
        }
        await("the others are stored", () -> target.stored.size() == 2);

        assertEquals(List.of("a1", "a3"), target.stored);
        assertEquals(List.of("a2"), target.failed);
    }

    @Test
    void anOfferIsTakenOnlyWhenTheQueueHasRoom() {
        limits = Rounds.flushing(1, 1);
        submit(alice, "running");
        submit(bob, "queued");

        flush.offer(() -> {
            throw new AssertionError("nothing is taken while the queue is full");
        });
        assertEquals(1, flush.queued());

        target.open();
        await("room", () -> target.stored.size() == 2);
        flush.offer(() -> Optional.of(Rounds.batch(bob, Priority.NORMAL, "offered")));
        await("the offer is stored", () -> target.stored.contains("offered"));
    }

    @Test
    void passesTheTimeoutToEachAttempt() {
        target.open();
        submit(alice, "a1");
        await("stored", () -> target.stored.size() == 1);

        assertEquals(List.of(Duration.ofSeconds(30)), target.timeouts);
    }

    @Test
    void retriesAfterAnUnexpectedFailure() throws InterruptedException {
        FlushManager fragile = new FlushManager(() -> limits, new FlushManager.Target() {
            @Override
            public void refused(FlushBatch batch, PendingRound round, EngineException cause) {
                fail("nothing is refused", cause);
            }

            private boolean broken = true;

            @Override
            public void store(FlushBatch batch, Duration timeout) {
                if (broken) {
                    broken = false;
                    throw new AssertionError("broken once");
                }
                target.stored.add(Rounds.name(batch));
            }

            @Override
            public void stored(FlushBatch batch) {
                batch.done().complete(null);
            }

            @Override
            public void failed(FlushBatch batch, EngineException cause) {
                batch.done().completeExceptionally(cause);
            }
        }, timer, new MetricsHub(Clock.systemUTC()));
        FlushBatch batch = Rounds.batch(alice, Priority.HIGH, "a1");

        fragile.submit(batch);
        timer.next().work().run();
        batch.done().join();

        assertEquals(List.of("a1"), target.stored);
        assertFalse(batch.done().isCompletedExceptionally());
    }

    @Test
    void anErrorInTheTargetBlocksNeitherTheUserNorTheWorkers() throws Exception {
        target.open();
        submit(alice, "error in store");
        timer.next().work().run();
        await("a retry", () -> target.stored.contains("error in store"));
        submit(alice, "error after it");
        await("the batch", () -> target.stored.contains("error after it"));
        submit(alice, "sound");
        submit(bob, "other");

        await("the batches after it", () -> target.stored.containsAll(List.of("sound", "other")));
        assertEquals(0, flush.queued());
    }
}
