package dev.memfuse.engine.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionLimitTest {
    private static final long PLENTY = Long.MAX_VALUE / 4;

    private final AtomicLong heap = new AtomicLong(PLENTY);
    private final AtomicLong free = new AtomicLong(PLENTY);
    private final SessionLimit limit = new SessionLimit(heap::get, free::get, () -> false);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Integer> order = new CopyOnWriteArrayList<>();

    /// Holds a session, which counts as being loaded, during a call.
    private <T> T within(Supplier<T> call) {
        limit.acquire();
        try {
            return call.get();
        } finally {
            limit.loaded();
            limit.release();
        }
    }

    private List<Thread> start(int calls) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            int number = i;
            int known = limit.sessions() + limit.waiting();
            threads.add(Thread.ofVirtual().start(() -> within(() -> {
                order.add(number);
                return await();
            })));
            while (limit.sessions() + limit.waiting() == known) {
                Thread.onSpinWait();
            }
        }
        return threads;
    }

    private boolean await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private void finish(List<Thread> threads) throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(0, limit.sessions());
        assertEquals(0, limit.waiting());
    }

    @ParameterizedTest
    @CsvSource({"0, 1000, 1", "1, 1000, 1", "3, 1000, 3", "1000, 0, 1", "1000, 2, 2", "1000, 5, 5", "3, 2, 2"})
    void memoryBoundsTheSessionsAndTheOthersWait(int byHeap, int byMemory, int expected) throws InterruptedException {
        heap.set(2L * byHeap * SessionLimit.HEAP_BYTES);
        free.set(byMemory * SessionLimit.NATIVE_BYTES);
        List<Thread> threads = start(8);

        assertEquals(expected, limit.sessions());
        assertEquals(8 - expected, limit.waiting());
        finish(threads);
    }

    @Test
    void callersWaitInTheOrderOfTheirArrival() throws InterruptedException {
        heap.set(0);
        finish(start(6));

        assertEquals(List.of(0, 1, 2, 3, 4, 5), order);
    }

    @Test
    void anInterruptedCallerLeavesTheQueue() throws InterruptedException {
        heap.set(0);
        List<Thread> threads = start(1);
        Thread caller = Thread.ofVirtual()
                .start(() -> assertThrows(EngineException.class, () -> within(() -> order.add(99))));
        while (limit.waiting() == 0) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        caller.join();

        assertEquals(0, limit.waiting());
        finish(threads);
        assertEquals(List.of(0), order);
    }

    @Test
    void aCallThatFailsReturnsItsPlace() {
        heap.set(0);
        assertThrows(IllegalStateException.class, () -> within(() -> {
            throw new IllegalStateException();
        }));

        assertTrue(within(() -> true));
    }

    @Test
    void theWaitIsAStageOfItsOwn() throws InterruptedException {
        heap.set(0);
        List<Thread> holder = start(1);
        AtomicLong waited = new AtomicLong();
        Thread caller = Thread.ofPlatform().start(() -> {
            MetricsHub metrics = new MetricsHub(Clock.systemUTC());
            Trace trace = metrics.begin(Operation.QUERY);
            boolean done = within(() -> true);
            metrics.end(trace, !done);
            waited.set(trace.stageNanos(Stage.MODEL));
        });
        while (limit.waiting() == 0) {
            Thread.onSpinWait();
        }
        long before = System.nanoTime();
        while (System.nanoTime() - before < 5_000_000) {
            Thread.onSpinWait();
        }
        end.countDown();
        caller.join();
        finish(holder);

        assertTrue(waited.get() >= 5_000_000, waited + " ns");
    }
}
