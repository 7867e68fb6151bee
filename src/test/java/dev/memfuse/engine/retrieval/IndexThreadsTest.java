package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.engine.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexThreadsTest {
    @TempDir
    private Path folder;

    @Test
    void aFailureReachesTheCallerAsItIs() {
        try (IndexThreads threads = new IndexThreads()) {
            IllegalStateException failure = new IllegalStateException("broken");

            assertEquals(failure, assertThrows(IllegalStateException.class, () -> threads.build(() -> {
                throw failure;
            })));
            assertThrows(StackOverflowError.class, () -> threads.rank(() -> {
                throw new StackOverflowError();
            }));
        }
    }

    @Test
    void computationsRunOnPlatformThreads() {
        try (IndexThreads threads = new IndexThreads()) {
            assertFalse(CompletableFuture.supplyAsync(() -> threads.build(() -> Thread.currentThread().isVirtual()),
                    Executors.newVirtualThreadPerTaskExecutor()).join());
        }
    }

    /// Callers on virtual threads build an index each; meanwhile other virtual threads are on time.
    @Test
    void buildsDoNotDelayVirtualThreads() throws InterruptedException {
        OpenIndexes open = new OpenIndexes(100);
        List<CompletableFuture<Integer>> builds = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            MemoryIndex index = open.index(folder.resolve("user" + i), IndexThreadsTest::fill);
            builds.add(CompletableFuture.supplyAsync(() -> index.with(IndexHarness.MODEL, UserIndex::size),
                    Executors.newVirtualThreadPerTaskExecutor()));
        }
        List<Long> overshoots = new ArrayList<>();
        Thread sleeper = Thread.ofVirtual().start(() -> {
            while (builds.stream().anyMatch(build -> !build.isDone())) {
                long start = System.nanoTime();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                overshoots.add(System.nanoTime() - start);
            }
        });
        sleeper.join();
        open.close();

        overshoots.sort(null);
        assertTrue(overshoots.size() >= 100, "too few samples: " + overshoots.size());
        long p99 = overshoots.get(overshoots.size() * 99 / 100) / 1_000_000;
        assertTrue(p99 <= 50, "a sleep of 1 ms took at p99 " + p99 + " ms");
    }

    private static void fill(Reconciliation target) {
        SessionKey session = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 20; word++) {
                text.append(Long.toString(random.nextLong(1L << 40), 36)).append(' ');
            }
            target.buffered(IndexHarness.message(session, text.toString(), Instant.EPOCH));
        }
    }
}
