package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.postgres.embedded.TestOutage;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// While the database is away, nothing waits for it.
@Tag("db")
class KnownOutageDbTest {
    private static final int CALLS = 1_000;

    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private TestOutage outage;
    private EngineFixture fixture;
    private SessionKey session;
    private UUID agent;

    @BeforeEach
    void start() throws IOException {
        outage = TestOutage.start();
    }

    private void open(String manager) {
        fixture = EngineFixture.on(outage.database(), TestFolders.create(), "postgres.manager=" + manager,
                "postgres.pool_size=2", "postgres.max_overflow=1", "postgres.pool_timeout=60");
        session = fixture.newSession("alice");
        agent = fixture.engine().agent(session.userId(), "agent").orElseThrow().id();
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
        outage.close();
    }

    /// Starts many calls of each kind at once and returns the duration of the longest in seconds.
    private double flood() throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        Queue<Long> nanos = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < CALLS; i++) {
            int kind = i;
            callers.add(Thread.ofVirtual().start(() -> {
                long start = System.nanoTime();
                call(kind);
                nanos.add(System.nanoTime() - start);
            }));
        }
        for (Thread caller : callers) {
            assertTrue(caller.join(Duration.ofSeconds(20)), "a call still waits");
        }
        return nanos.stream().mapToLong(Long::longValue).max().orElseThrow() / 1e9;
    }

    private void call(int kind) {
        MemoryEngine engine = fixture.engine();
        try {
            boolean degraded = switch (kind % 7) {
                case 0 -> engine.addBatch(session, messages("text")).messageIds().isEmpty();
                case 1 -> engine.createSession(session.userId(), agent, null).name().isEmpty();
                case 2 -> engine.facts(session.userId(), FactQuery.current(5)).isEmpty();
                case 3 -> engine.messages(session, 5, Order.NEWEST_FIRST).degraded();
                case 4 -> engine.query(session.userId(), "text " + kind, 3).degraded();
                case 5 -> engine.user("nobody").isPresent();
                default -> engine.deleteMessages(session, List.of(session.sessionId())).messages() > 0;
            };
            if (!degraded) {
                unexpected.add("call " + kind % 7 + " succeeded");
            }
        } catch (StorageUnavailableException e) {
            if (!String.valueOf(e.getMessage()).contains("away") && kind % 7 != 6) {
                unexpected.add(String.valueOf(e.getMessage()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"KILLED, optimized", "STOPPED, optimized", "BLACK_HOLE, optimized", "BLACK_HOLE, legacy"})
    void everyCallFailsWithinASecondWithTheReason(TestOutage.Kind kind, String manager) throws Exception {
        open(manager);
        outage.begin(kind);
        double unknown = flood();
        await("the engine reports the loss", fixture::databaseLost);
        unexpected.clear();

        double known = flood();

        assertEquals(List.of(), List.copyOf(unexpected));
        assertTrue(known < 1, known + " s");
        // Calls that began before the loss was known end when it is.
        assertTrue(unknown < 5, unknown + " s");
        outage.end(kind);
        double back = secondsUntilAnAddSucceeds();
        assertTrue(back < 3, back + " s");
        System.out.printf(Locale.ROOT, "%s, %s: first calls at most %.2f s, later ones %.2f s, writable after %.2f s%n",
                kind, manager, unknown, known, back);
    }

    private double secondsUntilAnAddSucceeds() {
        long start = System.nanoTime();
        await("an add succeeds", () -> {
            try {
                fixture.engine().addBatch(session, messages("again"));
                return true;
            } catch (StorageUnavailableException e) {
                return false;
            }
        });
        return (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
