package dev.memfuse.bootstrap;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.sweep.SweepDimension;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.Loads;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.pool.DatabaseTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Experiments on settings of the embedded server that take effect at its start.
@Tag("db")
class RestartedArmsDbTest {
    private static final String BUFFERS = "postgres.server.shared_buffers";
    private static final String BEFORE = "32MB";
    private static final String STARTED = "SELECT pg_postmaster_start_time()::text";
    private static final Workload ADDS = new Workload(2, new Workload.Arrival.Closed(2), Duration.ofMillis(500),
            Duration.ofMillis(100), Loads.ADDS, 10, 5, 42, Optional.empty());

    private AppGraph graph;
    private Tunables tunables;

    @BeforeEach
    void start() {
        graph = new AppGraph(new LaunchOptions(Optional.empty(), Optional.empty(), Map.of(BUFFERS, BEFORE),
                Optional.empty(), Optional.of(TestServer.folder()), true, List.of()), new ProgramLog());
        tunables = graph.tunables();
        graph.host().start();
        await("the engine is ready", () -> !(graph.host().state() instanceof EngineState.Starting));
        assertTrue(graph.host().state() instanceof EngineState.Ready, graph.host().state().toString());
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private String ask(String sql) {
        DatabaseTarget target = graph.host().target().orElseThrow();
        try (Connection connection = DriverManager.getConnection(target.url(), target.user(), target.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertAsBefore() {
        assertEquals(BEFORE, ask("SHOW shared_buffers"));
        assertEquals(Map.of("shared_buffers", BEFORE), tunables.get().postgres().server());
        assertTrue(graph.host().state() instanceof EngineState.Ready, graph.host().state().toString());
        assertEquals("afterwards", graph.host().engine().orElseThrow().createUser("afterwards").name());
    }

    private ComparisonPlan plan(String a, String b, int pairs) {
        Arms arms = new Arms(new FileProfiles(TestServer.folder().resolve("profiles")), tunables.get());
        return new ComparisonPlan(arms.arm(Optional.empty(), List.of(BUFFERS + "=" + a)),
                arms.arm(Optional.empty(), List.of(BUFFERS + "=" + b)), ADDS, false, Metric.parse("add.p50"), pairs,
                false, 0.03, 0);
    }

    /// What the server says while each load is measured: its setting, and when it was started.
    private Map<String, Set<String>> observe(ComparisonRun run) {
        Map<String, Set<String>> starts = new ConcurrentHashMap<>();
        Thread _ = BackgroundThreads.platform("test-observer").start(() -> {
            while (!run.result().isDone()) {
                ComparisonRun.Status now = run.progress();
                if (now.phase().filter(phase -> phase == LoadRun.Phase.MEASURING).isPresent()) {
                    try {
                        String seen = ask("SHOW shared_buffers");
                        String start = ask(STARTED);
                        if (run.progress().block() == now.block()) {
                            starts.computeIfAbsent(now.arm() + " " + seen, _ -> ConcurrentHashMap.newKeySet())
                                    .add(start);
                        }
                    } catch (IllegalStateException e) {
                        // The block ended, and the server restarts.
                    }
                }
            }
        });
        return starts;
    }

    /// Calls of another client while a comparison runs.
    private CompletableFuture<Integer> callsUntilTheEndOf(ComparisonRun run) {
        MemoryEngine engine = graph.host().engine().orElseThrow();
        CompletableFuture<Integer> calls = new CompletableFuture<>();
        Thread _ = BackgroundThreads.platform("test-client").start(() -> {
            try {
                int number = 0;
                while (!run.result().isDone()) {
                    engine.createUser("user " + number++);
                    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                }
                calls.complete(number);
            } catch (RuntimeException | Error e) {
                calls.completeExceptionally(e);
            }
        });
        return calls;
    }

    @Test
    void everyBlockHasAFreshServerWithTheSettingOfItsArmAndTheOneBeforeIsBackAtTheEnd() {
        ComparisonPlan plan = plan("16MB", "128MB", 2);
        String first = ask(STARTED);
        assertEquals(5, plan.restarts());
        assertEquals(Optional.of(BUFFERS + " takes effect when PostgreSQL starts, so each block begins with a fresh "
                + "server: 5 restarts, about 5 s of the time."), plan.restartNote());

        ComparisonRun run = graph.lab().comparisons().start(plan);
        Map<String, Set<String>> starts = observe(run);
        CompletableFuture<Integer> calls = callsUntilTheEndOf(run);
        ComparisonResult result = run.result().orTimeout(120, TimeUnit.SECONDS).join();

        assertTrue(calls.orTimeout(20, TimeUnit.SECONDS).join() > 100, "calls of others wait and do not fail");
        assertEquals(Set.of("A 16MB", "B 128MB"), starts.keySet());
        Set<String> different = new HashSet<>();
        starts.values().forEach(different::addAll);
        assertEquals(4, different.size(), "each block has a server of its own: " + starts);
        assertTrue(!different.contains(first) && !different.contains(ask(STARTED)), starts.toString());
        assertEquals(List.of(BUFFERS + ": 16MB → 128MB"), result.differences().stream().map(Object::toString).toList());
        assertEquals(0, result.blocks().stream().mapToLong(block -> block.errors()).sum(), result.toString());
        String design = result.design().get("database server");
        assertTrue(design != null && design.startsWith("restarted before each block (4 restarts of "), design);
        assertTrue(design.endsWith("each began with a fresh server and empty caches, and the settle time is fixed"),
                design);
        assertTrue(String.valueOf(result.design().get("block")).contains("after 3.00 s of settle time"),
                result.design().toString());
        assertAsBefore();
    }

    @Test
    void aStoppedComparisonLeavesTheServerAsItWas() {
        ComparisonRun run = graph.lab().comparisons().start(plan("16MB", "128MB", 50));
        await("a block is measured", () -> run.progress().phase()
                .filter(phase -> phase == LoadRun.Phase.MEASURING).isPresent());
        assertNotEquals(BEFORE, ask("SHOW shared_buffers"));

        run.stop();

        CompletionException ended = assertThrows(CompletionException.class,
                () -> run.result().orTimeout(60, TimeUnit.SECONDS).join());
        assertTrue(String.valueOf(ended.getMessage()).contains("before its first pair"), ended.getMessage());
        assertAsBefore();
    }

    @Test
    void aValueWithWhichTheServerDoesNotStartIsSaidWithItsReasonAndTheServerIsAsItWas() {
        ComparisonRun run = graph.lab().comparisons().start(plan("16MB", "900GB", 6));

        CompletionException failed = assertThrows(CompletionException.class,
                () -> run.result().orTimeout(120, TimeUnit.SECONDS).join());

        String sentence = String.valueOf(failed.getMessage());
        assertTrue(sentence.contains("PostgreSQL does not start with " + BUFFERS + "=900GB: could not map anonymous "
                + "shared memory"), sentence);
        assertAsBefore();
    }

    @Test
    void nobodyElseChangesASettingDuringTheComparison() {
        ComparisonRun run = graph.lab().comparisons().start(plan("16MB", "128MB", 50));
        await("a block is measured", () -> run.progress().phase()
                .filter(phase -> phase == LoadRun.Phase.MEASURING).isPresent());

        assertThrows(ConfigException.class, () -> tunables.apply("another hand",
                config -> ConfigValues.with(config, "postgres.pool_size", 7)));
        run.stop();

        // No pair had ended.
        assertThrows(CompletionException.class, () -> run.result().orTimeout(60, TimeUnit.SECONDS).join());
        assertAsBefore();
    }

    @Test
    @Tag("slow")
    void aSweepOverTheCacheOfTheServerRestartsItForEachLoad() {
        SweepDimension buffers = SweepDimension.of(BUFFERS, "16..64MB:48");
        SweepPlan plan = new SweepPlan(buffers.parameter(), buffers.values(), tunables.get(), ADDS, 1);
        assertEquals(List.of(16.0, 64.0), plan.values());
        var run = graph.lab().sweeps().start(plan);
        Map<String, String> seen = new HashMap<>();
        await("the sweep has ended", () -> {
            String now = run.progress().now();
            if (!now.contains("restarting") && graph.lab().phase().filter(phase -> phase == LoadRun.Phase.MEASURING)
                    .isPresent()) {
                String value = ask("SHOW shared_buffers");
                if (run.progress().now().equals(now)) {
                    seen.put(now, value);
                }
            }
            return run.result().isDone();
        });

        SweepResult result = run.result().join();
        assertEquals(Map.of(BUFFERS + " 16MB", "16MB", BUFFERS + " 64MB", "64MB"), seen);
        assertEquals(BUFFERS + " (MB)", result.parameter());
        assertTrue(String.valueOf(result.design().get("server")).startsWith("restarted before each load (2 restarts"),
                result.design().toString());
        assertAsBefore();
    }
}
