package dev.memfuse.engine.service;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.FirstAccesses;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("db")
class ServiceCacheDbTest {

    /// The plan's "before" is slow at the first access of a user, not at each call.
    @Test
    void withoutTheCacheTheFirstAccessOfAUserBuildsItsServiceAndLaterCallsKeepIt() throws Exception {
        AtomicInteger parses = new AtomicInteger();
        try (EngineFixture fixture = EngineFixture.start("services.cache=false")) {
            SessionKey alice = fixture.newSession("alice");
            SessionKey bob = fixture.newSession("bob");
            try (DefaultMemoryEngine engine = new DefaultMemoryEngine(fixture.dependencies(config -> {
                parses.incrementAndGet();
                return config;
            }), fixture.tunables(), fixture.metrics());
                    FirstAccesses accesses = fixture.metrics().collectFirstAccesses()) {
                for (int call = 0; call < 3; call++) {
                    engine.addBatch(alice, messages("text " + call));
                    assertEquals(call + 1, engine.messages(alice, 10, Order.OLDEST_FIRST).size());
                }
                assertEquals(1, parses.get());
                assertEquals(1, engine.runtime.sessions.loaded());
                assertEquals(1, accesses.nanos().getTotalCount());

                engine.addBatch(bob, messages("one"));
                assertEquals(2, parses.get());
                assertEquals(2, engine.runtime.sessions.loaded());
                assertEquals(2, accesses.nanos().getTotalCount());

                fixture.set("layers.m1.enabled=true");
                engine.addBatch(bob, messages("two"));
                engine.messages(bob, 10, Order.OLDEST_FIRST);
                assertEquals(3, parses.get(), "a change is parsed once by each service that sees it");
            }
        }
    }

    @Test
    void aSwitchToTheCacheReleasesTheServicesAndTheirSessionsAndTheWayBackBuildsThemAgain() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("services.cache=false");
                FirstAccesses accesses = fixture.metrics().collectFirstAccesses()) {
            SessionKey session = fixture.newSession("alice");
            PrivateSessions sessions = fixture.engine().runtime.sessions;
            fixture.engine().addBatch(session, messages("one"));
            assertEquals(1, sessions.loaded());

            fixture.set("services.cache=true");
            EngineFixture.await("the release of the session", () -> sessions.loaded() == 0);
            fixture.engine().addBatch(session, messages("two"));
            fixture.engine().addBatch(session, messages("three"));
            assertEquals(2, accesses.nanos().getTotalCount());

            fixture.set("services.cache=false");
            assertEquals(3, fixture.engine().messages(session, 10, Order.OLDEST_FIRST).size());
            assertEquals(1, sessions.loaded());
            assertEquals(3, accesses.nanos().getTotalCount());
        }
    }

    @Test
    void theFirstAccessCostsAModelSessionWithoutTheCacheAndNoneWithIt() throws Exception {
        try (EngineFixture fixture = EngineFixture.start()) {
            fixture.engine().addBatch(fixture.newSession("alice"), messages("one"));
            long cached = firstAccessNanos(fixture, "bob");
            fixture.set("services.cache=false");
            long plain = firstAccessNanos(fixture, "carol");

            assertTrue(plain > 10 * cached, plain + " ns, with the cache " + cached + " ns");
        }
    }

    private static long firstAccessNanos(EngineFixture fixture, String user) {
        SessionKey session = fixture.newSession(user);
        try (FirstAccesses accesses = fixture.metrics().collectFirstAccesses()) {
            fixture.engine().messages(session, 1, Order.OLDEST_FIRST);
            assertEquals(1, accesses.nanos().getTotalCount());
            return accesses.nanos().getMaxValue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedding.model=bge_small_en_v15", "embedding.context=previous"})
    void anotherModelBuildsTheServiceAgain(String change) throws Exception {
        try (EngineFixture fixture = EngineFixture.start("services.cache=false", "embedding.context=none");
                FirstAccesses accesses = fixture.metrics().collectFirstAccesses()) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, messages("one"));
            fixture.set(change);
            fixture.engine().addBatch(session, messages("two"));

            assertEquals(2, accesses.nanos().getTotalCount());
            assertEquals(1, fixture.engine().runtime.sessions.loaded());
        }
    }

    /// The original loses what the service that is replaced had buffered.
    @Test
    void aServiceThatTwoFirstCallsBuildAtOnceLosesNoMessageAndKeepsOneSession() throws Exception {
        int calls = 6;
        try (EngineFixture fixture = EngineFixture.start("services.cache=false", "buffer.bypass_mode=false");
                FirstAccesses accesses = fixture.metrics().collectFirstAccesses()) {
            SessionKey session = fixture.newSession("alice");
            CyclicBarrier together = new CyclicBarrier(calls);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<AddResult>> adds = IntStream.range(0, calls).mapToObj(i -> threads.submit(() -> {
                    together.await();
                    return fixture.engine().addBatch(session, messages("text " + i));
                })).toList();
                for (Future<AddResult> add : adds) {
                    assertEquals(1, add.get().messageIds().size());
                }
            }

            assertNotEquals(1, accesses.nanos().getTotalCount(), "calls that built the service");
            assertEquals(1, fixture.engine().runtime.sessions.loaded());
            assertEquals(calls, fixture.engine().messages(session, 10, Order.OLDEST_FIRST).size());
            fixture.engine().flush();
            assertEquals(calls, fixture.count("SELECT count(*) FROM messages"));
        }
    }

    @Test
    void servicesOfIdleUsersAreKeptWithoutTheCacheAndReleasedWithIt() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("services.cache=false")) {
            EngineRuntime runtime = fixture.engine().runtime;
            fixture.engine().addBatch(fixture.newSession("alice"), messages("one"));
            EngineFixture.await("the end of the work behind the add",
                    () -> runtime.states.all().stream().noneMatch(state -> state.index().isActive()));

            runtime.idleUsers.release(Duration.ZERO, Duration.ZERO);
            assertEquals(1, runtime.states.size());
            fixture.set("services.cache=true");
            EngineFixture.await("the release of the service", () -> runtime.sessions.loaded() == 0);
            runtime.idleUsers.release(Duration.ZERO, Duration.ZERO);
            assertEquals(0, runtime.states.size());
        }
    }

    @Test
    void theDeletionOfAUserClosesItsSession() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("services.cache=false")) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, messages("one"));
            fixture.engine().deleteUser(session.userId());

            assertEquals(0, fixture.engine().runtime.sessions.loaded());
        }
    }
}
