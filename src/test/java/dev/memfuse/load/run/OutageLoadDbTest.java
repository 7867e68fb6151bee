package dev.memfuse.load.run;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.postgres.embedded.TestOutage;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A load whose users change sessions goes on through an outage.
///
/// Longer: `mvn test-compile surefire:test@db -Dtest=OutageLoadDbTest -Dmemfuse.outage.seconds=60`
@Tag("db")
@Tag("timing")
class OutageLoadDbTest {
    private static final int OUTAGE_SECONDS = Integer.getInteger("memfuse.outage.seconds", 10);
    private static final int BEFORE_SECONDS = 3;
    private static final double MIN_SHARE = 0.8;
    private static final int USERS = 20;
    /// With 20 users each one changes its session every few seconds.
    private static final Workload.Arrival ARRIVALS = new Workload.Arrival.Open(150, 256);
    private static final Workload.Mix MIX = new Workload.Mix(4, 1, 1);

    /// Rates of adds per second.
    private record Rates(TestOutage.Kind kind, double before, double during, int sessions) {}

    @Test
    void addsGoOnWhenTheDatabaseIsKilledSuspendedOrCutOff() throws Exception {
        List<Future<Rates>> runs = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(TestOutage.Kind.values().length)) {
            for (TestOutage.Kind kind : TestOutage.Kind.values()) {
                runs.add(threads.submit(() -> run(kind)));
            }
        }
        for (Future<Rates> run : runs) {
            Rates rates = run.get();
            System.out.printf(Locale.ROOT,
                    "%s, %d s: %.0f adds/s before, %.0f adds/s during the outage (%.0f %%), %d sessions created%n",
                    rates.kind(), OUTAGE_SECONDS, rates.before(), rates.during(),
                    100 * rates.during() / rates.before(), rates.sessions());
            assertTrue(rates.during() >= MIN_SHARE * rates.before(), rates.toString());
            assertTrue(rates.sessions() >= USERS, rates.toString());
        }
    }

    private static Rates run(TestOutage.Kind kind) throws Exception {
        try (TestOutage outage = TestOutage.start();
                EngineFixture fixture = EngineFixture.on(outage.database(), TestFolders.create(),
                        "buffer.bypass_mode=false", "buffer.performance.shutdown_timeout=20", "load.keep_data=true")) {
            AtomicInteger adds = new AtomicInteger();
            AtomicInteger messages = new AtomicInteger();
            AtomicInteger sessions = new AtomicInteger();
            MemoryEngine counted = counting(fixture.engine(), adds, messages, sessions);
            try (EngineLoadService loads = new EngineLoadService(() -> Optional.of(counted), fixture.tunables(),
                    fixture.metrics(), Map::of)) {
                LoadRun load = loads.start(new Workload(USERS, ARRIVALS,
                        Duration.ofSeconds(BEFORE_SECONDS + OUTAGE_SECONDS + 60), Duration.ofSeconds(2), MIX, 1, 3, 7,
                        Optional.empty()));
                await("the load is warm", () -> load.progress().phase() == LoadRun.Phase.MEASURING);
                double before = rate(adds, BEFORE_SECONDS);
                int sessionsBefore = sessions.get();
                outage.begin(kind);
                double during = rate(adds, OUTAGE_SECONDS);
                int created = sessions.get() - sessionsBefore;
                outage.end(kind);
                await("the engine reports the return", () -> !fixture.databaseLost());
                load.stop();
                load.result().join();
                fixture.engine().flush();
                assertEquals(messages.get(), fixture.count("SELECT count(*) FROM messages"), kind + ": stored");
                assertEquals(0, fixture.journal().status().backlogEntries());
                return new Rates(kind, before, during, created);
            }
        }
    }

    private static double rate(AtomicInteger adds, int seconds) {
        int before = adds.get();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return (double) (adds.get() - before) / seconds;
    }

    /// Counts acknowledged adds, their messages, and created sessions.
    private static MemoryEngine counting(MemoryEngine engine, AtomicInteger adds, AtomicInteger messages,
            AtomicInteger sessions) {
        return (MemoryEngine) Proxy.newProxyInstance(MemoryEngine.class.getClassLoader(),
                new Class<?>[]{MemoryEngine.class}, (_, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (method.getName().equals("addBatch")) {
                        adds.incrementAndGet();
                        messages.addAndGet(((List<?>) arguments[1]).size());
                    } else if (method.getName().equals("createSession")) {
                        sessions.incrementAndGet();
                    }
                    return result;
                });
    }
}
