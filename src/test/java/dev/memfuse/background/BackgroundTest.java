package dev.memfuse.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackgroundTest {

    @BeforeEach
    @AfterEach
    void forget() {
        BackgroundHealth.clear();
    }

    static Stream<Supplier<Throwable>> throwables() {
        return Stream.of(OutOfMemoryError::new, StackOverflowError::new, AssertionError::new, LinkageError::new,
                InternalError::new, IllegalStateException::new, () -> new IOException("undeclared"),
                () -> new Throwable("bare"), InterruptedException::new, Unspeakable::new);
    }

    /// A failure that cannot even be described.
    private static final class Unspeakable extends RuntimeException {
        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable cause) throws X {
        throw (X) cause;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not within 10 s; problems: " + BackgroundHealth.problems());
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static boolean reported(String component) {
        return BackgroundHealth.problems().stream().anyMatch(problem -> problem.startsWith(component));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void aPeriodicTaskGoesOnAfterAnyThrowableAndReportsIt(Supplier<Throwable> failure) {
        AtomicInteger turns = new AtomicInteger();
        try (ScheduledExecutorService timer = BackgroundThreads.timer("test-timer")) {
            Runnable task = () -> {
                if (turns.incrementAndGet() % 2 == 1) {
                    throw BackgroundTest.<RuntimeException>sneaky(failure.get());
                }
            };
            timer.scheduleAtFixedRate(task, 0, 1, TimeUnit.MILLISECONDS);
            timer.scheduleWithFixedDelay(task, 0, 1, TimeUnit.MILLISECONDS);
            await(() -> turns.get() > 5);
            timer.shutdownNow();
        }
        assertTrue(reported("test-timer"), BackgroundHealth.problems().toString());
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void aLoopGoesOnAfterAnyThrowableAndReportsIt(Supplier<Throwable> failure) {
        AtomicInteger turns = new AtomicInteger();
        try (BackgroundLoop loop = new BackgroundLoop("test-loop", () -> {
            if (turns.incrementAndGet() < 3) {
                throw BackgroundTest.<RuntimeException>sneaky(failure.get());
            }
            LockSupport.parkNanos(1_000_000);
            return true;
        })) {
            loop.start();
            await(() -> turns.get() > 5);
        }
        assertEquals(!(failure.get() instanceof InterruptedException), reported("test-loop"),
                BackgroundHealth.problems().toString());
    }

    @Test
    void anInterruptFromElsewhereNeitherEndsALoopNorLetsItSpin() {
        AtomicInteger turns = new AtomicInteger();
        Thread[] thread = new Thread[1];
        BackgroundLoop[] loop = new BackgroundLoop[1];
        loop[0] = new BackgroundLoop("test-loop", () -> {
            turns.incrementAndGet();
            loop[0].parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            return true;
        }, body -> thread[0] = BackgroundThreads.platform("test-loop").unstarted(body));
        try (BackgroundLoop running = loop[0]) {
            running.start();
            await(() -> turns.get() > 0);
            thread[0].interrupt();
            int before = turns.get();
            long start = System.nanoTime();
            await(() -> turns.get() >= before + 4);
            assertTrue(System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(60), "the loop spins");
        }
    }

    @Test
    void closeEndsALoopAndItIsNotStartedAgain() throws Exception {
        Thread[] thread = new Thread[1];
        BackgroundLoop loop = new BackgroundLoop("test-loop", () -> {
            new CountDownLatch(1).await();
            return true;
        }, body -> thread[0] = BackgroundThreads.platform("test-loop").unstarted(body));
        loop.start();
        loop.close();
        assertTrue(thread[0].join(Duration.ofSeconds(10)));
        assertFalse(loop.revive());
        assertEquals(0, BackgroundHealth.problems().size(), BackgroundHealth.problems().toString());
    }

    @Test
    void theWatchdogStartsALoopAgainWhoseThreadDied() {
        AtomicInteger threads = new AtomicInteger();
        AtomicInteger turns = new AtomicInteger();
        try (Watchdog _ = new Watchdog(_ -> {}); BackgroundLoop loop = new BackgroundLoop("test-loop", () -> {
            turns.incrementAndGet();
            LockSupport.parkNanos(1_000_000);
            return true;
        }, body -> BackgroundThreads.platform("test-loop").unstarted(threads.incrementAndGet() == 1
                ? () -> {}
                : body))) {
            loop.start();
            await(() -> turns.get() > 0);
            assertTrue(reported("test-loop"), BackgroundHealth.problems().toString());
        }
    }

    @Test
    void aTaskThatStandsStillIsAProblemUntilItGoesOn() {
        CountDownLatch goOn = new CountDownLatch(1);
        try (ScheduledExecutorService timer = BackgroundThreads.timer("test-timer", Duration.ofMillis(10))) {
            timer.execute(() -> {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            await(() -> reported("test-timer has stood still"));
            goOn.countDown();
            await(() -> !reported("test-timer"));
        }
    }

    @Test
    void aThreadThatEndsByAFailureReportsIt() throws Exception {
        BackgroundThreads.virtual("test-virtual-7").start(() -> {
            throw new AssertionError("bad");
        }).join();
        BackgroundThreads.platform("test-platform").start(() -> {
            throw new LinkageError("worse");
        }).join();
        try (ExecutorService pool = BackgroundThreads.virtualPerTask("test-pool")) {
            pool.execute(() -> {
                throw new IllegalStateException("worst");
            });
        }
        await(() -> reported("test-virtual failed and goes on (AssertionError: bad).")
                && reported("test-platform") && reported("test-pool"));
    }

    @Test
    void aRealLackOfMemoryIsSurvivedAndStaysVisible() {
        AtomicInteger turns = new AtomicInteger();
        try (BackgroundLoop loop = new BackgroundLoop("test-loop", () -> {
            if (turns.incrementAndGet() == 1) {
                long[][] all = new long[1_000][];
                for (int i = 0; i < all.length; i++) {
                    all[i] = new long[Integer.MAX_VALUE - 8];
                }
            }
            LockSupport.parkNanos(1_000_000);
            return true;
        })) {
            loop.start();
            await(() -> turns.get() > 2);
        }
        assertTrue(BackgroundHealth.problems().getFirst().contains("out of memory"),
                BackgroundHealth.problems().toString());
    }

    /// The watchdog may look at a loop at any moment of its start and end.
    @Test
    void aLoopThatStartsNeverHasTwoThreads() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        Thread watchdog = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                BackgroundHealth.reviveLoops();
            }
        });
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 300; i++) {
            CountDownLatch end = new CountDownLatch(1);
            BackgroundLoop loop = new BackgroundLoop("race", () -> {
                threads.add(Thread.currentThread());
                end.await();
                return false;
            });
            loop.start();
            end.countDown();
            loop.join();
        }
        done.set(true);
        watchdog.join();

        assertEquals(300, threads.size());
    }
}
