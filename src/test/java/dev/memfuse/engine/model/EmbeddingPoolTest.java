package dev.memfuse.engine.model;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class EmbeddingPoolTest {
    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final AtomicInteger threads = new AtomicInteger(1);
    private final AtomicInteger batchSize = new AtomicInteger(8);
    private final EmbeddingPool pool = new EmbeddingPool(threads::get, batchSize::get);
    private final FakeEmbeddingModel model = new FakeEmbeddingModel("hand@1", 256);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore begun = new Semaphore(0);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        callers.close();
        pool.close();
    }

    /// Makes batches of the model wait at the gate when their first text begins with a word.
    private void holdBatchesOf(String word) {
        model.inside = texts -> {
            if (texts.getFirst().startsWith(word)) {
                begun.release();
                assertTrue(awaits(gate));
            }
        };
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Future<List<float[]>> embedding(String... texts) {
        return callers.submit(() -> pool.embed(model, List.of(texts)));
    }

    private static String word(int length) {
        return "x".repeat(length);
    }

    @Test
    void returnsToEachCallerItsVectorsInOrder() throws Exception {
        threads.set(2);
        List<Future<List<float[]>>> all = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            all.add(embedding(word(i), word(200 - i), word(3 * i)));
        }
        for (int i = 1; i <= 50; i++) {
            List<float[]> vectors = all.get(i - 1).get();
            assertEquals(List.of((float) i, 200f - i, 3f * i), vectors.stream().map(vector -> vector[0]).toList());
        }
    }

    @Test
    void combinesTheTextsOfManyCallersIntoBatchesOfSimilarLength() throws Exception {
        holdBatchesOf("hold");
        Future<?> first = embedding("hold");
        begun.acquire();
        List<Future<List<float[]>>> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiting.add(embedding(word(10 + i), word(100 + i)));
        }
        awaitQueued(pool, 16);
        gate.countDown();
        first.get();
        for (Future<?> one : waiting) {
            one.get();
        }

        assertEquals(3, model.batches.size(), model.batches.toString());
        for (List<String> batch : model.batches.subList(1, 3)) {
            int shortest = batch.stream().mapToInt(String::length).min().orElseThrow();
            int longest = batch.stream().mapToInt(String::length).max().orElseThrow();
            assertEquals(8, batch.size());
            assertTrue(longest - shortest < 10, shortest + " to " + longest);
        }
    }

    private static void awaitQueued(EmbeddingPool pool, int texts) {
        while (pool.queued() < texts) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aQueryDoesNotWaitForBulkWork() throws Exception {
        holdBatchesOf("bulk");
        Future<?> bulk = embedding("bulk");
        begun.acquire();
        Future<?> behind = embedding("more");

        assertEquals(5f, pool.embed(model, List.of("query"), Urgency.QUERY).getFirst()[0]);

        assertEquals(List.of(List.of("bulk"), List.of("query")), model.batches);
        gate.countDown();
        bulk.get();
        behind.get();
    }

    /// The model waits for the caller's work, so that both end only when they run at once.
    @Test
    void theCallerWorksWhileTheModelEmbeds() {
        holdBatchesOf("hold");

        EmbeddingPool.Beside<String> both = pool.embed(model, List.of("hold"), Urgency.QUERY, () -> {
            begun.acquireUninterruptibly();
            gate.countDown();
            return "worked";
        });

        assertEquals("worked", both.result());
        assertEquals(4f, both.vectors().getFirst()[0]);
    }

    @Test
    void workThatTakesLongerThanTheModelIsNotChargedToIt() {
        MetricsHub metrics = new MetricsHub(Clock.systemUTC());
        AtomicBoolean embedded = new AtomicBoolean();
        model.inside = _ -> embedded.set(true);

        Trace trace = metrics.begin(Operation.QUERY);
        long longer = pool.embed(model, List.of("query"), Urgency.QUERY, () -> {
            await("the model is called", embedded::get);
            long start = System.nanoTime();
            while (System.nanoTime() - start < WORK_NANOS) {
                Thread.onSpinWait();
            }
            return System.nanoTime() - start;
        }).result();
        metrics.end(trace, false);

        assertTrue(trace.totalNanos() - trace.stageNanos(Stage.EMBED) >= longer / 2,
                trace.stageNanos(Stage.EMBED) + " of " + trace.totalNanos() + " ns");
    }

    @Test
    void workThatFailsLeavesNoTextBehind() {
        holdBatchesOf("bulk");
        Future<?> bulk = embedding("bulk");
        begun.acquireUninterruptibly();

        IllegalStateException thrown = assertThrows(IllegalStateException.class,
                () -> pool.embed(model, List.of("of the failed caller"), Urgency.BULK, () -> {
                    throw new IllegalStateException("no words");
                }));

        assertEquals("no words", thrown.getMessage());
        gate.countDown();
        await("the bulk work ends", bulk::isDone);
        await("the text is dropped", () -> pool.queued() == 0);
        assertEquals(List.of(List.of("bulk")), model.batches);
    }

    @Test
    void bulkThreadsServeQueriesFirst() throws Exception {
        holdBatchesOf("hold");
        Future<?> query = callers.submit(() -> pool.embed(model, List.of("hold the query"), Urgency.QUERY));
        begun.acquire();

        pool.embed(model, List.of("another"), Urgency.QUERY);

        gate.countDown();
        query.get();
    }

    @Test
    void noBatchIsLargerThanTheBatchSize() {
        batchSize.set(3);
        pool.embed(model, List.of("a", "b", "c", "d", "e", "f", "g"));

        assertTrue(model.batches.stream().allMatch(batch -> batch.size() <= 3), model.batches.toString());
        assertEquals(7, model.batches.stream().mapToInt(List::size).sum());
    }

    @Test
    void runsOneBatchPerThread() throws Exception {
        threads.set(3);
        holdBatchesOf("hold");
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(embedding("hold", "hold"));
            begun.acquire();
        }
        all.add(embedding("hold", "hold"));

        assertEquals(3, model.batches.size());
        gate.countDown();
        for (Future<?> one : all) {
            one.get();
        }
    }

    @Test
    void textsOfDifferentModelsAreNeverInOneBatch() throws Exception {
        FakeEmbeddingModel other = new FakeEmbeddingModel("other@1", 256);
        holdBatchesOf("hold");
        Future<?> first = embedding("hold");
        begun.acquire();
        Future<?> own = embedding("own");
        Future<?> others = callers.submit(() -> pool.embed(other, List.of("others")));
        awaitQueued(pool, 2);
        gate.countDown();
        first.get();
        own.get();
        others.get();

        assertEquals(List.of(List.of("others")), other.batches);
    }

    @Test
    void aFailureOfTheModelReachesOnlyItsCaller() throws Exception {
        model.inside = texts -> {
            if (texts.contains("bad")) {
                throw new EngineException("The model is broken.");
            }
        };

        assertEquals("The model is broken.",
                assertThrows(EngineException.class, () -> pool.embed(model, List.of("bad"))).getMessage());
        assertEquals(4f, pool.embed(model, List.of("good")).getFirst()[0]);
    }

    @Test
    void aTextThatFailsDoesNotFailTheOthersOfItsBatch() throws Exception {
        holdBatchesOf("hold");
        Future<?> first = embedding("hold");
        begun.acquire();
        Future<List<float[]>> good = embedding("good");
        Future<List<float[]>> bad = embedding("evil");
        awaitQueued(pool, 2);
        model.inside = texts -> {
            if (texts.contains("evil")) {
                throw new EngineException("The model is broken.");
            }
        };
        gate.countDown();
        first.get();

        assertEquals(4f, good.get().getFirst()[0]);
        assertThrows(ExecutionException.class, bad::get);
    }

    @Test
    void refusesTextsAfterItIsClosed() {
        pool.close();

        assertThrows(EngineException.class, () -> pool.embed(model, List.of("late")));
    }

    /// A worker that ended by a failure stayed counted, and nobody embedded the texts after it.
    @Test
    void aWorkerThatFailsOutsideTheModelIsReplaced() throws Exception {
        AtomicBoolean failing = new AtomicBoolean(true);
        try (EmbeddingPool failingPool = new EmbeddingPool(() -> 1, () -> {
            if (failing.getAndSet(false)) {
                throw new OutOfMemoryError("in the worker");
            }
            return 8;
        })) {
            Future<List<float[]>> first = callers.submit(() -> failingPool.embed(model, List.of("one")));
            await("the failure", () -> !failing.get());
            Future<List<float[]>> second = callers.submit(() -> failingPool.embed(model, List.of("two")));

            assertEquals(1, second.get(10, TimeUnit.SECONDS).size());
            assertEquals(1, first.get(10, TimeUnit.SECONDS).size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OutOfMemoryError", "LinkageError"})
    void anErrorOfTheModelFailsItsCallerAlone(String kind) throws Exception {
        model.inside = texts -> {
            if (texts.contains("bad")) {
                throw kind.equals("LinkageError") ? new LinkageError("model") : new OutOfMemoryError("model");
            }
        };
        Future<List<float[]>> bad = embedding("bad");
        Future<List<float[]>> good = embedding("good");

        assertThrows(ExecutionException.class, () -> bad.get(10, TimeUnit.SECONDS));
        assertEquals(1, good.get(10, TimeUnit.SECONDS).size());
    }
}
