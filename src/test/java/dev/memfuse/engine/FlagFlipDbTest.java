package dev.memfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Changes settings at random under load and compares the store with a ledger of acknowledged ids.
@Tag("db")
class FlagFlipDbTest {
    private static final List<String> FLIPS = List.of("buffer.bypass_mode=true", "buffer.bypass_mode=false",
            "buffer.bypass_mode=true", "buffer.bypass_mode=false", "queries.consolidated=true",
            "queries.consolidated=false", "postgres.manager=legacy", "postgres.manager=optimized",
            "postgres.pool_size=2", "postgres.pool_size=8", "postgres.max_overflow=0", "postgres.max_overflow=12",
            "layers.m1.enabled=true", "layers.m1.enabled=false", "layers.m2.enabled=true", "layers.m2.enabled=false",
            "memory_service.parallel_enabled=true", "memory_service.parallel_enabled=false",
            "buffer.hybrid_buffer.max_size=1", "buffer.hybrid_buffer.max_size=5", "buffer.round_buffer.max_size=1",
            "buffer.round_buffer.max_size=5", "buffer.performance.max_flush_workers=1",
            "buffer.performance.max_flush_workers=4", "buffer.performance.max_flush_queue_size=1",
            "buffer.performance.max_flush_queue_size=100", "services.cache=false", "services.cache=true",
            "buffer.hybrid_buffer.chunk_strategy=token_based", "buffer.hybrid_buffer.chunk_strategy=message");
    private static final int WRITERS = 5;
    private static final int FLIP_COUNT = 120;

    private static final List<String> PROFILES = List.of("legacy", "phase1", "phase2", "phase3", "optimized");

    @Test
    void losesAndDuplicatesNothingWhileFlagsFlipUnderLoad() throws Exception {
        Random random = new Random(7);
        try (EngineFixture fixture = EngineFixture.start()) {
            loseNothing(fixture, FLIP_COUNT, _ -> fixture.set(FLIPS.get(random.nextInt(FLIPS.size()))));
        }
    }

    /// In the order of the plan, back by one phase, and straight from the end to the start.
    @Test
    void losesAndDuplicatesNothingWhileThePhasesOfThePlanAreAppliedAndRolledBackUnderLoad() throws Exception {
        var profiles = new FileProfiles(Path.of("no-such-folder"));
        List<Integer> order = List.of(0, 1, 2, 3, 4, 0, 1, 0, 2, 1, 3, 2, 4, 3);
        try (EngineFixture fixture = EngineFixture.start()) {
            loseNothing(fixture, order.size(), i -> fixture.tunables().apply("test",
                    running -> ConfigValues.keepingFixed(profiles.load(PROFILES.get(order.get(i))), running)));
        }
    }

    private static void loseNothing(EngineFixture fixture, int changes, IntConsumer change) throws Exception {
        Map<SessionKey, List<UUID>> ledger = new ConcurrentHashMap<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(WRITERS);
        for (int i = 0; i < WRITERS; i++) {
            SessionKey first = fixture.newSession("user-" + i);
            SessionKey second = fixture.anotherSession(first);
            Thread.ofVirtual().start(() -> {
                try {
                    write(fixture.engine(), List.of(first, second), ledger, stop);
                } catch (RuntimeException | AssertionError e) {
                    failures.add(e);
                } finally {
                    done.countDown();
                }
            });
        }

        for (int i = 0; i < changes; i++) {
            long before = acknowledged(ledger);
            change.accept(i);
            EngineFixture.await("some messages between two changes",
                    () -> acknowledged(ledger) >= before + 20 || !failures.isEmpty());
        }
        stop.set(true);
        done.await();
        fixture.engine().flush();

        assertEquals(List.of(), failures);
        ledger.forEach((session, ids) -> assertEquals(ids, storedIds(fixture.engine(), session),
                "ids of a session in the order of their acknowledgement"));
        assertEquals(acknowledged(ledger), fixture.count("SELECT count(*) FROM messages"));
    }

    /// Each writer adds one batch after the other, so the order of its messages is determined.
    private static void write(MemoryEngine engine, List<SessionKey> sessions, Map<SessionKey, List<UUID>> ledger,
            AtomicBoolean stop) {
        Random random = new Random(sessions.hashCode());
        Set<UUID> mine = new HashSet<>();
        while (!stop.get()) {
            SessionKey session = sessions.get(random.nextInt(10) == 0 ? 1 : 0);
            List<NewMessage> batch = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                batch.add(NewMessage.of(Role.USER, "I like message number " + mine.size() + "/" + i + " very much."));
            }
            AddResult result = engine.addBatch(session, batch);
            mine.addAll(result.messageIds());
            ledger.computeIfAbsent(session, _ -> new CopyOnWriteArrayList<>()).addAll(result.messageIds());
            if (random.nextInt(8) == 0) {
                List<Message> newest = engine.messages(session, 5, Order.NEWEST_FIRST);
                assertEquals(result.messageIds().getLast(), newest.getFirst().id(),
                        "a reader sees what was just acknowledged");
            }
        }
    }

    private static long acknowledged(Map<SessionKey, List<UUID>> ledger) {
        return ledger.values().stream().mapToInt(List::size).sum();
    }

    private static List<UUID> storedIds(MemoryEngine engine, SessionKey session) {
        return engine.messages(session, 10_000, Order.OLDEST_FIRST).stream().map(Message::id).toList();
    }
}
