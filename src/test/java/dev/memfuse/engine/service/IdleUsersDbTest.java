package dev.memfuse.engine.service;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import dev.memfuse.bench.harness.LiveHeap;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The memory for a user ends with the user's activity, and never before the user's messages are stored.
@Tag("db")
class IdleUsersDbTest {
    private EngineFixture fixture;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("buffer.bypass_mode=false", "buffer.performance.enable_auto_flush=false",
                "layers.m1.enabled=false", "layers.m2.enabled=false");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private EngineRuntime runtime() {
        return fixture.engine().runtime;
    }

    private void release() {
        runtime().idleUsers.release(Duration.ZERO, Duration.ZERO);
    }

    @Test
    void readsOfUnknownUsersLeaveNothing() {
        IntStream.range(0, 3_000)
                .forEach(_ -> fixture.engine().read(UUID.randomUUID(), List.of(UUID.randomUUID())));
        assertTrue(runtime().states.size() >= 3_000);

        release();

        assertEquals(0, runtime().states.size());
        assertEquals(0, runtime().locks.size());
    }

    @Test
    void aUserWithUnstoredMessagesIsKept() {
        SessionKey buffered = fixture.newSession("alice");
        fixture.engine().addBatch(buffered, messages("not stored yet"));

        release();

        assertEquals(1, runtime().states.size());
        assertEquals("not stored yet",
                fixture.engine().messages(buffered, 1, Order.OLDEST_FIRST).getFirst().content());
        fixture.engine().flush();
        release();
        assertEquals(0, runtime().states.size());
        assertEquals("not stored yet",
                fixture.engine().messages(buffered, 1, Order.OLDEST_FIRST).getFirst().content());
    }

    @Test
    void aUserWithAnOpenIndexIsKept() {
        SessionKey session = fixture.newSession("alice");
        fixture.engine().addBatch(session, messages("an apple a day"));
        fixture.engine().flush();
        assertFalse(fixture.engine().query(session.userId(), "apple", 1).hits().isEmpty());

        release();

        assertEquals(1, runtime().states.size());
    }

    /// States are kept for their caches while there are few of them.
    @Test
    void fewIdleUsersAreKept() {
        fixture.engine().read(UUID.randomUUID(), List.of(UUID.randomUUID()));

        runtime().idleUsers.release(Duration.ofMinutes(10), Duration.ZERO);

        assertEquals(1, runtime().states.size());
    }

    /// Users write while their states are released again and again, and batches are in flight.
    @Test
    void noAcknowledgedMessageIsLostWhileStatesAreReleased() {
        fixture.set("buffer.performance.enable_auto_flush=true", "buffer.performance.flush_interval=0.1",
                "buffer.performance.force_flush_timeout=0.1", "buffer.durability=memory");
        List<SessionKey> sessions = IntStream.range(0, 8).mapToObj(i -> fixture.newSession("user-" + i)).toList();
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> releases = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            while (!stop.get()) {
                int before = runtime().states.size();
                release();
                count += Math.max(0, before - runtime().states.size());
            }
            return count;
        }, Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory()));
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (SessionKey session : sessions) {
            writers.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 200; i++) {
                    fixture.engine().addBatch(session, messages("message " + i));
                    if (i % 20 == 0) {
                        fixture.engine().flush();
                    }
                }
            }, Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())));
        }
        writers.forEach(CompletableFuture::join);
        stop.set(true);
        assertTrue(releases.join() > 0, "no state was released");
        fixture.engine().flush();

        for (SessionKey session : sessions) {
            assertEquals(200, fixture.engine().messages(session, 1_000, Order.OLDEST_FIRST).size());
        }
    }

    /// Prints what 100,000 users that were seen leave once they are idle: heap, and processor time of the engine beside
    /// that of an engine that has seen none.
    @Tag("slow")
    @Test
    void aHundredThousandUsersLeaveLittle() throws InterruptedException {
        fixture.engine().read(UUID.randomUUID(), List.of(UUID.randomUUID()));
        double fresh = processorShare();
        long before = LiveHeap.bytes();
        long start = System.nanoTime();
        AtomicInteger most = new AtomicInteger();
        IntStream.range(0, 100_000).parallel().forEach(_ -> {
            fixture.engine().read(UUID.randomUUID(), List.of(UUID.randomUUID()));
            most.accumulateAndGet(runtime().states.size(), Math::max);
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        // The engine releases them 20 s after their last call.
        for (int i = 0; i < 12 && runtime().states.size() > 1_000; i++) {
            assertFalse(new CountDownLatch(1).await(5, TimeUnit.SECONDS));
        }
        assertTrue(runtime().states.size() <= 1_000, "states left: " + runtime().states.size());
        long left = LiveHeap.bytes() - before;
        double busy = processorShare();

        System.out.printf(Locale.ROOT,
                "100,000 users in %.0f s, at most %,d states; idle: %,d states, %.1f MiB, %.2f %% of a processor "
                        + "(without users %.2f %%)%n",
                seconds, most.get(), runtime().states.size(), left / 1048576.0, busy * 100, fresh * 100);
        assertTrue(left < 30L << 20, "bytes left: " + left);
        assertTrue(busy - fresh < 0.01, "share of a processor: " + busy + ", without users " + fresh);
    }

    /// Returns the median of five windows: the collections before end in the first ones.
    private static double processorShare() throws InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long cpu = system.getProcessCpuTime();
            long start = System.nanoTime();
            assertFalse(new CountDownLatch(1).await(5, TimeUnit.SECONDS));
            shares.add((double) (system.getProcessCpuTime() - cpu) / (System.nanoTime() - start));
        }
        return shares.stream().sorted().toList().get(2);
    }
}
