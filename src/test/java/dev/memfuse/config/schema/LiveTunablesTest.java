package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.Tunables.Change;
import dev.memfuse.config.section.ConnectionManagerKind;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.config.section.ReadFrom;
import dev.memfuse.config.yaml.ConfigLoader;
import org.junit.jupiter.api.Test;

class LiveTunablesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final MemFuseConfig start = new ConfigLoader().load();
    private final LiveTunables tunables = new LiveTunables(start, InstantSource.fixed(NOON));

    @Test
    void aChangeIsInForceAndDescribed() {
        Change change = set("buffer.bypass_mode", false).orElseThrow();

        assertEquals(false, tunables.get().buffer().bypassMode());
        assertEquals(
                new Change(NOON, "test", null, List.of(new ConfigChange("buffer.bypass_mode", "true", "false")), start,
                        tunables.get()),
                change);
        assertEquals(List.of(change), tunables.history());
    }

    @Test
    void anEqualValueIsNoChange() {
        List<Change> received = new ArrayList<>();
        tunables.onChange(received::add);

        assertEquals(Optional.empty(), set("postgres.pool_size", 10));
        assertEquals(List.of(), received);
        assertEquals(List.of(), tunables.history());
    }

    @Test
    void aValueOutOfRangeIsRejectedAndChangesNothing() {
        var postgres = new PostgresConfig("", ConnectionManagerKind.LEGACY, 0, 0, Duration.ofSeconds(30),
                Duration.ofSeconds(3600), Duration.ofSeconds(15), Duration.ZERO, ReadFrom.PRIMARY, false, Map.of());
        var rejection = assertThrows(ConfigException.class,
                () -> tunables.apply("test", config -> new MemFuseConfig(postgres, config.network(), config.buffer(),
                        config.memoryService(), config.layers(), config.llm(), config.embedding(), config.services(),
                        config.queries(), config.retrieval(),
                        config.monitoring(), config.load(), config.server())));

        assertEquals("""
                     postgres.pool_size: expected a whole number from 1 to 1000, found 0
                     postgres.keepalives_idle: expected a number of seconds from 30 to 7200, found 0""",
                rejection.getMessage());
        assertSame(start, tunables.get());
    }

    @Test
    void aKeyFixedAtStartIsRejected() {
        var rejection = assertThrows(ConfigException.class, () -> set("postgres.url", "jdbc:postgresql://db/memfuse"));

        assertEquals("postgres.url: fixed at start; set it in the configuration file or with --set, and start again",
                rejection.getMessage());
        assertSame(start, tunables.get());
    }

    @Test
    void twoThreadsThatChangeDifferentKeysLoseNothing() throws Exception {
        int rounds = 400;
        var together = new CountDownLatch(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            Future<?> sizes = threads.submit(() -> count(together, "buffer.query.cache_size", rounds));
            Future<?> overflows = threads
                    .submit(() -> count(together, "buffer.performance.max_flush_queue_size", rounds));
            sizes.get();
            overflows.get();
        }

        assertEquals(100 + rounds, tunables.get().buffer().query().cacheSize());
        assertEquals(100 + rounds, tunables.get().buffer().performance().maxFlushQueueSize());
        assertEquals(2 * rounds, tunables.history().size());
        assertHistoryIsAChain(tunables.history());
    }

    @Test
    void undoRevertsOneChangeAfterTheOther() {
        set("buffer.bypass_mode", false);
        set("postgres.pool_size", 20);

        assertEquals(List.of(new ConfigChange("postgres.pool_size", "20", "10")),
                tunables.undo().orElseThrow().keys());
        assertEquals(false, tunables.get().buffer().bypassMode());
        assertEquals(List.of(new ConfigChange("buffer.bypass_mode", "false", "true")),
                tunables.undo().orElseThrow().keys());
        assertEquals(start, tunables.get());
        assertEquals(Optional.empty(), tunables.undo());
        assertEquals(List.of("test", "test", "undo", "undo"),
                tunables.history().stream().map(Change::cause).toList());
    }

    @Test
    void aChangeAfterAnUndoIsTheNextToBeReverted() {
        set("postgres.pool_size", 20);
        tunables.undo();
        set("postgres.pool_size", 30);

        assertEquals("30", tunables.undo().orElseThrow().keys().getFirst().before());
        assertEquals(start, tunables.get());
        assertEquals(Optional.empty(), tunables.undo());
    }

    @Test
    void aListenerThatFailsDoesNotStopTheOthersNorTheChange() {
        List<Change> received = new ArrayList<>();
        tunables.onChange(_ -> {
            throw new IllegalStateException("failure of the test");
        });
        tunables.onChange(received::add);

        Change change = set("services.cache", false).orElseThrow();

        assertEquals(List.of(change), received);
    }

    @Test
    void aListenerRunsAfterTheNewValueIsInForce() {
        List<Boolean> seen = new ArrayList<>();
        tunables.onChange(change -> seen.add(tunables.get().equals(change.after())));

        set("services.cache", false);
        tunables.undo();

        assertEquals(List.of(true, true), seen);
    }

    @Test
    void aClosedSubscriptionEndsOnlyItself() {
        List<Change> received = new ArrayList<>();
        Tunables.Listener listener = received::add;
        var first = tunables.onChange(listener);
        tunables.onChange(listener);
        first.close();
        first.close();

        set("services.cache", false);

        assertEquals(1, received.size());
    }

    @Test
    void historyKeepsTheLastThousandChanges() {
        for (int i = 0; i < 1001; i++) {
            set("buffer.query.cache_size", i);
        }

        assertEquals(1000, tunables.history().size());
        assertEquals("0", tunables.history().getFirst().keys().getFirst().before());
        assertEquals("1000", tunables.history().getLast().keys().getFirst().after());
    }

    @Test
    void anInvalidStartIsRejected() {
        var postgres = new PostgresConfig("", ConnectionManagerKind.LEGACY, 0, 0, Duration.ofSeconds(30),
                Duration.ofSeconds(3600), Duration.ofSeconds(15), Duration.ofSeconds(300), ReadFrom.PRIMARY, false,
                Map.of());
        var config = new MemFuseConfig(postgres, start.network(), start.buffer(), start.memoryService(), start.layers(),
                start.llm(), start.embedding(), start.services(), start.queries(), start.retrieval(),
                start.monitoring(), start.load(), start.server());

        assertTrue(assertThrows(ConfigException.class, () -> new LiveTunables(config)).getMessage()
                .startsWith("postgres.pool_size"));
    }

    private Optional<Change> set(String path, Object value) {
        return tunables.apply("test", config -> ConfigValues.with(config, path, value));
    }

    private Void count(CountDownLatch together, String path, int rounds)
            throws InterruptedException, ExecutionException {
        together.countDown();
        together.await();
        for (int i = 0; i < rounds; i++) {
            tunables.apply(path,
                    config -> ConfigValues.with(config, path, (Integer) ConfigValues.get(config, path) + 1));
        }
        return null;
    }

    private static void assertHistoryIsAChain(List<Change> history) {
        for (int i = 1; i < history.size(); i++) {
            assertSame(history.get(i - 1).after(), history.get(i).before());
        }
    }

    @Test
    void undoOfAChangeLeavesLaterChangesOfOtherKeys() {
        Tunables.Change first = tunables.apply("test", now -> ConfigValues.with(now, "postgres.pool_size", 30))
                .orElseThrow();
        tunables.apply("other", now -> ConfigValues.with(now, "postgres.max_overflow", 3));

        tunables.undo(first);

        assertEquals(10, tunables.get().postgres().poolSize());
        assertEquals(3, tunables.get().postgres().maxOverflow());
        assertEquals("other", tunables.undoable().orElseThrow().cause());
        assertEquals(Optional.empty(), tunables.undo(first));
    }

    @Test
    void undoLeavesOutTheChangesOfExperiments() {
        tunables.apply("a person", now -> ConfigValues.with(now, "postgres.pool_size", 30));
        tunables.applyForATime(new Tunables.Run("sweep"), "sweep",
                now -> ConfigValues.with(now, "postgres.pool_size", 2));

        assertEquals("a person", tunables.undoable().orElseThrow().cause());
        assertEquals(List.of("a person", "sweep"), tunables.history().stream().map(Tunables.Change::cause).toList());
    }

    @Test
    void undoOfAChangeWhoseValuesAreBackChangesNothingAndIsOfferedNoMore() {
        tunables.apply("a person", now -> ConfigValues.with(now, "postgres.pool_size", 30));
        tunables.applyForATime(new Tunables.Run("sweep"), "sweep",
                now -> ConfigValues.with(now, "postgres.pool_size", 10));

        assertEquals(Optional.empty(), tunables.undo());

        assertEquals(Optional.empty(), tunables.undoable());
    }
}
