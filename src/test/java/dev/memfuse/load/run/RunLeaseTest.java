package dev.memfuse.load.run;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.exception.StorageUnavailableException;
import org.junit.jupiter.api.Test;

class RunLeaseTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(5);

    private final FakeEngine engine = new FakeEngine();
    private final AtomicInteger renewals = new AtomicInteger();

    @Test
    void isRenewedUntilItsEnd() {
        engine.holding = _ -> renewals.incrementAndGet();

        try (RunLease _ = RunLease.open(engine.loadData(), "run", new RunLease.Times(LONG, SHORT, LONG))) {
            assertEquals(Set.of("run"), engine.running);
            await("renewals", () -> renewals.get() > 3);
        }

        assertEquals(Set.of(), engine.running);
    }

    @Test
    void isTriedAgainSoonAfterAFailure() {
        engine.holding = _ -> {
            if (renewals.incrementAndGet() < 4) {
                throw new StorageUnavailableException("The database is away.", "", null);
            }
        };

        try (RunLease _ = RunLease.open(engine.loadData(), "run", new RunLease.Times(LONG, LONG, SHORT))) {
            await("the lease", () -> engine.running.contains("run"));
        }

        assertEquals(4, renewals.get());
        assertEquals(Set.of(), engine.running);
    }

    @Test
    void aDatabaseThatIsAwayAtTheEndFailsNothing() {
        engine.ending = _ -> {
            throw new StorageUnavailableException("The database is away.", "", null);
        };

        RunLease.open(engine.loadData(), "run").close();

        assertEquals(Set.of("run"), engine.running);
    }
}
