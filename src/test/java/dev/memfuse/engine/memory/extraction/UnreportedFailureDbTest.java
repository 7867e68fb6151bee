package dev.memfuse.engine.memory.extraction;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.engine.spi.WorkStore;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.StoreCalls;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The database goes away while an extraction runs, so that its end cannot be noted there.
@Tag("db")
class UnreportedFailureDbTest {
    private final AtomicInteger builds = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger lostClaims = new AtomicInteger();

    private WorkStore losing(WorkStore real) {
        return StoreCalls.around(WorkStore.class, real, (method, call) -> {
            boolean reports = Set.of("putBack", "giveUp").contains(method);
            if (reports && lost.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new StorageUnavailableException("The connection was lost.", "", null);
            }
            Object reply = call.call();
            if (method.equals("claim") && lostClaims.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new StorageUnavailableException("The reply was lost.", "", null);
            }
            return reply;
        });
    }

    /// The lease lasts 30 s and more, so an item that waits for its end is not done in time.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void isRepeatedBeforeItsLeaseEndsAndAwaited(int reportsLost) throws SQLException {
        lost.set(reportsLost);

        LayerResult result = extract();

        assertEquals(2, builds.get());
        assertEquals(LayerStatus.DONE, result.status());
    }

    /// The database leased the item to this engine, which does not know it.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aClaimWhoseReplyIsLostIsReversed(int claimsLost) throws SQLException {
        lostClaims.set(claimsLost);
        builds.set(1);

        LayerResult result = extract();

        assertEquals(2, builds.get());
        assertEquals(LayerStatus.DONE, result.status());
        assertEquals(1, result.attempts(), "a lost claim is no attempt");
    }

    private LayerResult extract() throws SQLException {
        Extraction.Intervals intervals = new Extraction.Intervals(Duration.ofMillis(50), Duration.ofSeconds(1),
                Duration.ofMillis(200), Duration.ofSeconds(15), Duration.ofSeconds(5));
        try (EngineFixture fixture = EngineFixture.start()) {
            SessionKey session = fixture.newSession("alice");
            // Its extraction would process the item.
            fixture.engine().close();
            UUID round = UUID.randomUUID();
            fixture.store().rounds().store(session.userId(), List.of(new StoredRound(round, session, Instant.now(),
                    messages("something"), List.of(), List.of(), Set.of(DerivedLayer.M1))), Duration.ZERO);
            try (Extraction extraction = new Extraction(item -> build(fixture, item), losing(fixture.store().work()),
                    () -> fixture.tunables().get().memoryService(), fixture.metrics(), intervals)) {
                extraction.start();

                assertTrue(extraction.awaitIdle(Duration.ofSeconds(10)));
                return fixture.store().work().results(session.userId(), round).get(DerivedLayer.M1.ordinal());
            }
        }
    }

    private void build(EngineFixture fixture, WorkItem item) {
        if (builds.incrementAndGet() == 1) {
            throw new EngineException("The result could not be stored.");
        }
        fixture.store().layers().storeEpisode(item, List.of(), Optional.empty(), LayerOrigin.NONE);
    }
}
