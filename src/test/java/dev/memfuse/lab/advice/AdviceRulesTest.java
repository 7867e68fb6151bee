package dev.memfuse.lab.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.PointsEstimate;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.MetricsSnapshot.ResourceSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules as functions of what was observed.
class AdviceRulesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double INTERVAL = 0.1;
    private static final OperationSample BUSY = new OperationSample(100, 0, 5 * MS, 10 * MS, 20 * MS, 30 * MS);
    private static final MetricsSnapshot CALM = new MetricsSnapshot(START, INTERVAL,
            Map.of(Operation.ADD, BUSY, Operation.QUERY, BUSY), Map.of(Stage.SQL, 4.0 * MS, Stage.OTHER, 1.0 * MS),
            new PoolSample(8, 2, 0, 30, MS, 5 * MS, 0, 200), BufferSample.EMPTY, JournalSample.EMPTY,
            new ResourceSample(1, 10, 0.2, 0));
    private static final ServerState SERVER = new ServerState(
            Map.of("max_connections", "100", "shared_buffers", "134217728", "max_wal_size", "1073741824",
                    "checkpoint_timeout", "300", "checkpoint_completion_target", "0.9"),
            "installed", 85, 50_000_000, 1_000_000, 1_000, 5, 0, 0);

    private static MemFuseConfig config(String... settings) {
        return new ConfigLoader().withOverrides(List.of(settings)).load();
    }

    /// Snapshots of 20 s at 10 per second.
    private static List<MetricsSnapshot> snapshots(UnaryOperator<MetricsSnapshot> each) {
        List<MetricsSnapshot> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            MetricsSnapshot one = each.apply(CALM);
            all.add(at(one, START.plusMillis(100L * i)));
        }
        return all;
    }

    private static MetricsSnapshot at(MetricsSnapshot one, Instant at) {
        return new MetricsSnapshot(at, one.intervalSeconds(), one.operations(), one.stages(), one.pool(), one.buffers(),
                one.journal(), one.resources());
    }

    private static MetricsSnapshot with(MetricsSnapshot one, PoolSample pool, Map<Stage, Double> stages) {
        return new MetricsSnapshot(one.at(), one.intervalSeconds(), one.operations(), stages, pool, one.buffers(),
                one.journal(), one.resources());
    }

    private static MetricsSnapshot with(MetricsSnapshot one, BufferSample buffers, JournalSample journal) {
        return new MetricsSnapshot(one.at(), one.intervalSeconds(), one.operations(), one.stages(), one.pool(), buffers,
                journal, one.resources());
    }

    private static MetricsSnapshot with(MetricsSnapshot one, Operation operation, OperationSample sample) {
        Map<Operation, OperationSample> operations = new EnumMap<>(one.operations());
        operations.put(operation, sample);
        return new MetricsSnapshot(one.at(), one.intervalSeconds(), operations, one.stages(), one.pool(), one.buffers(),
                one.journal(), one.resources());
    }

    private static Observation seen(MemFuseConfig config, List<MetricsSnapshot> snapshots) {
        return new Observation(snapshots, config, SERVER, SERVER, null, null);
    }

    private static Optional<Advice> find(Observation seen, String rule) {
        return AdviceRules.judge(seen).stream().filter(advice -> advice.rule().equals(rule)).findFirst();
    }

    private static List<String> rules(Observation seen) {
        return AdviceRules.judge(seen).stream().map(Advice::rule).toList();
    }

    @Test
    void aCalmEngineGetsNoAdvice() {
        assertEquals(List.of(), rules(seen(config(), snapshots(one -> one))));
    }

    @Test
    void anIdleEngineGetsNoAdviceWhateverItsSettings() {
        MetricsSnapshot idle = new MetricsSnapshot(START, INTERVAL, Map.of(), Map.of(),
                new PoolSample(0, 10, 0, 60, 0, 0, 0),
                BufferSample.EMPTY, JournalSample.EMPTY, new ResourceSample(0, 1, 0, 0));
        ServerState bare = new ServerState(Map.of(), "missing", 3, 1 << 30, 0, 0, 0, 0, 0);

        Observation seen = new Observation(snapshots(_ -> idle), config("services.cache=false",
                "queries.consolidated=false", "postgres.manager=legacy"), bare, bare, null, null);

        assertEquals(List.of(), rules(seen));
        assertTrue(seen.tooLittle().contains("put load on the engine"), seen.tooLittle());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 40})
    void fewSamplesGiveNoAdvice(int samples) {
        PoolSample full = new PoolSample(1, 0, 15, 1, 500 * MS, MS, 3, 100);
        List<MetricsSnapshot> all = snapshots(one -> with(one, full, Map.of(Stage.ACQUIRE, 100.0 * MS)));

        assertEquals(List.of(), rules(seen(config("postgres.pool_size=1", "postgres.max_overflow=0"),
                all.subList(0, samples))));
    }

    @Test
    void aPeakOfASecondIsNoSmallPool() {
        PoolSample full = new PoolSample(30, 0, 15, 30, 500 * MS, MS, 0, 100);
        List<MetricsSnapshot> all = new ArrayList<>(snapshots(one -> one));
        for (int i = 50; i < 60; i++) {
            all.set(i, at(with(CALM, full, CALM.stages()), all.get(i).at()));
        }

        assertFalse(rules(seen(config(), all)).contains("pool_too_small"));
    }

    @Test
    void waitingCallersNeedALargerPoolWithinWhatTheServerHas() {
        PoolSample full = new PoolSample(2, 0, 14, 2, 50 * MS, 5 * MS, 0, 200);
        List<MetricsSnapshot> all = snapshots(one -> with(one, full, Map.of(Stage.ACQUIRE, 30.0 * MS, Stage.SQL,
                10.0 * MS)));
        MemFuseConfig config = config("postgres.pool_size=2", "postgres.max_overflow=0");

        Advice advice = find(seen(config, all), "pool_too_small").orElseThrow();
        assertEquals(List.of(new Setting("postgres.pool_size", "8")), advice.change());
        assertEquals(0.25, Objects.requireNonNull(advice.prediction()).ratio(), 1e-9);
        assertTrue(advice.score() > Advice.WARNING, advice.toString());
        assertEquals(all.getLast().at(), advice.evidence().getLast().at());

        ServerState nearlyFull = new ServerState(SERVER.settings(), "installed", 3, 1, 1, 1, 1, 1, 1);
        Advice bounded = find(new Observation(all, config, nearlyFull, nearlyFull, null, null), "pool_too_small")
                .orElseThrow();
        assertEquals(List.of(new Setting("postgres.pool_size", "5")), bounded.change());

        ServerState none = new ServerState(SERVER.settings(), "installed", 0, 1, 1, 1, 1, 1, 1);
        Advice blocked = find(new Observation(all, config, none, none, null, null), "pool_too_small").orElseThrow();
        assertTrue(blocked.change().isEmpty() && blocked.instruction().contains("max_connections"), blocked.toString());
    }

    /// As a layer build does that fills the pool while callers are served.
    @Test
    void waitsThatMakeNoOperationSlowerAreNoSmallPool() {
        PoolSample full = new PoolSample(30, 0, 15, 1, 500 * MS, MS, 0, 100);
        List<MetricsSnapshot> all = snapshots(one -> with(one, full, Map.of(Stage.ACQUIRE, 0.05 * MS, Stage.SQL,
                10.0 * MS)));

        assertFalse(rules(seen(config(), all)).contains("pool_too_small"));
    }

    @Test
    void connectionsThatAreNeverInUseAreAnInformation() {
        PoolSample few = new PoolSample(2, 18, 0, 60, MS / 10, MS, 0, 200);

        Advice advice = find(seen(config("postgres.pool_size=20"), snapshots(one -> with(one, few, one.stages()))),
                "pool_too_large").orElseThrow();

        assertEquals("information", advice.urgency());
        assertEquals(List.of(new Setting("postgres.pool_size", "4")), advice.change());
    }

    @Test
    void theLegacyManagerIsNamedWhenItTakesTime() {
        List<MetricsSnapshot> all = snapshots(one -> with(one, one.pool(), Map.of(Stage.ACQUIRE, 3.0 * MS, Stage.SQL,
                7.0 * MS)));

        assertEquals(List.of(new Setting("postgres.manager", "optimized")),
                find(seen(config("postgres.manager=legacy"), all), "legacy_connection_manager").orElseThrow().change());
        assertFalse(rules(seen(config(), all)).contains("legacy_connection_manager"));
    }

    @Test
    void firstAccessesWithoutACacheAreNamed() {
        OperationSample slow = new OperationSample(2, 0, 800 * MS, 900 * MS, 950 * MS, 990 * MS);

        Observation off = seen(config("services.cache=false"),
                snapshots(one -> with(one, Operation.FIRST_ACCESS, slow)));

        assertEquals(List.of(new Setting("services.cache", "true")),
                find(off, "service_cache_off").orElseThrow().change());
        assertFalse(rules(seen(config(), snapshots(one -> with(one, Operation.FIRST_ACCESS, slow))))
                .contains("service_cache_off"));
    }

    @Test
    void aBacklogThatGrowsWhileFlushesQueueIsNamed() {
        List<MetricsSnapshot> grows = new ArrayList<>();
        for (MetricsSnapshot one : snapshots(one -> one)) {
            int i = grows.size();
            grows.add(with(one, new BufferSample(10, 10 * i, 5, 4, 0, 0, 0), JournalSample.EMPTY));
        }
        MemFuseConfig buffered = config("buffer.bypass_mode=false");

        assertEquals(List.of(new Setting("buffer.performance.max_flush_workers", "6")),
                find(seen(buffered, grows), "flush_backlog").orElseThrow().change());
        assertFalse(rules(seen(config("buffer.bypass_mode=true"), grows)).contains("flush_backlog"));
    }

    @Test
    void vectorsThatFallBehindAreNamed() {
        List<MetricsSnapshot> grows = new ArrayList<>();
        for (MetricsSnapshot one : snapshots(one -> one)) {
            grows.add(with(one, new BufferSample(0, 0, 0, 0, 0, 10 * grows.size(), 5), JournalSample.EMPTY));
        }

        assertEquals(List.of(new Setting("embedding.background_share", "1")),
                find(seen(config("embedding.background_share=0.5"), grows), "embedding_backlog").orElseThrow()
                        .change());
        assertTrue(find(seen(config("embedding.background_share=1"), grows), "embedding_backlog").orElseThrow()
                .instruction().contains("embedding.threads"));
    }

    @Test
    void layersThatFailAtTheirLimitAreNamed() {
        OperationSample late = new OperationSample(0, 1, 900 * MS, 1000 * MS, 1000 * MS, 1000 * MS, 1);

        assertEquals(List.of(new Setting("memory_service.timeout_per_layer", "2")),
                find(seen(config("memory_service.timeout_per_layer=1", "layers.m2.enabled=true"),
                        snapshots(one -> with(one, Operation.EXTRACT, late))), "layer_timeouts").orElseThrow()
                        .change());
        assertFalse(rules(seen(config("memory_service.timeout_per_layer=15"),
                snapshots(one -> with(one, Operation.EXTRACT, late)))).contains("layer_timeouts"));
    }

    @Test
    void aSlowForceIsNamedOnlyWhereTheJournalIsWaitedFor() {
        JournalSample slow = new JournalSample(1, 1, 0, 0, 40 * MS, false, false, 0, false, 20);
        List<MetricsSnapshot> all = snapshots(one -> with(one, BufferSample.EMPTY, slow));

        assertTrue(
                find(seen(config("buffer.bypass_mode=false", "buffer.durability=journal"), all), "journal_force_slow")
                        .orElseThrow().instruction().contains("--data-dir"));
        assertFalse(rules(seen(config("buffer.bypass_mode=false", "buffer.durability=memory"), all))
                .contains("journal_force_slow"));
    }

    @Test
    void recallThatSettingsLoseIsUrgentAndNoiseIsNot() {
        List<Setting> defaults = List.of(new Setting("retrieval.dense_weight", "0.5"));
        PointsEstimate fell = new PointsEstimate(-12, -15, -9, 0.001, "", 40, Decision.WORSE, 0);
        PointsEstimate noise = new PointsEstimate(-2, -5, 1, 0.3, "", 40, Decision.NOT_ENOUGH, 40);

        Advice advice = find(new Observation(snapshots(one -> one), config(), SERVER, SERVER, null,
                new RecallChange(defaults, 0.9, 0.78, fell)), "recall_lost").orElseThrow();
        assertEquals(defaults, advice.change());
        assertTrue(advice.score() > Advice.WARNING, advice.toString());
        assertFalse(rules(new Observation(snapshots(one -> one), config(), SERVER, SERVER, null,
                new RecallChange(defaults, 0.9, 0.88, noise))).contains("recall_lost"));
    }

    @Test
    void aSmallCacheOfTheServerIsNamedWhenItReads() {
        ServerState before = SERVER;
        ServerState after = new ServerState(SERVER.settings(), "installed", 85, 1L << 30, 1_010_000, 11_000, 5, 0, 0);

        Advice advice = find(new Observation(snapshots(one -> one), config(), before, after, null, null),
                "shared_buffers").orElseThrow();

        assertTrue(advice.instruction().contains("ALTER SYSTEM SET shared_buffers = '512MB'"), advice.instruction());
        ServerState small = new ServerState(SERVER.settings(), "installed", 85, 1L << 20, 1_010_000, 11_000, 5, 0, 0);
        assertFalse(rules(new Observation(snapshots(one -> one), config(), before, small, null, null))
                .contains("shared_buffers"));
    }

    @Test
    void aPoolBeyondTheServerIsReducedToWhatIsLeft() {
        ServerState left = new ServerState(SERVER.settings(), "installed", 5, 1, 1, 1, 1, 1, 1);
        List<MetricsSnapshot> all = snapshots(one -> one);

        Advice advice = find(
                new Observation(all, config("postgres.pool_size=20", "postgres.max_overflow=40"), left, left,
                        null, null),
                "max_connections").orElseThrow();

        assertEquals(List.of(new Setting("postgres.pool_size", "15"), new Setting("postgres.max_overflow", "0")),
                advice.change());
    }

    @Test
    void aLogThatForcesCheckpointsGetsTheSizeThatItNeeds() {
        ServerState after = new ServerState(SERVER.settings(), "installed", 85, 1, 1_000_000, 1_000, 5, 0, 400L << 20);

        Advice advice = find(new Observation(snapshots(one -> one), config(), SERVER, after, null, null),
                "checkpoint_pressure").orElseThrow();

        assertTrue(advice.instruction().contains("max_wal_size = '11520MB'"), advice.instruction());
        assertEquals(List.of(), rules(seen(config(), snapshots(one -> one))));
    }

    @Test
    void theMissingExtensionIsAnInformation() {
        ServerState missing = new ServerState(SERVER.settings(), "available", 85, 1, 1, 1, 1, 1, 1);

        assertEquals("information", find(new Observation(snapshots(one -> one), config(), missing, missing, null, null),
                "pg_stat_statements_missing").orElseThrow().urgency());
    }

    /// Whatever is observed: no failure, scores in range, changes that the configuration accepts.
    @Test
    void anyObservationIsJudged() {
        qt().withExamples(400).forAll(longs().all()).checkAssert(seed -> {
            Observation seen = any(new Random(seed));
            List<Advice> advice = AdviceRules.judge(seen);
            int last = 100;
            for (Advice one : advice) {
                assertTrue(one.score() >= 1 && one.score() <= last, one.toString());
                last = one.score();
                assertTrue(one.triable() || !one.instruction().isEmpty(), one.toString());
                assertEquals(one.triable(), one.prediction() != null, one.toString());
                MemFuseConfig changed = seen.config();
                for (Setting setting : one.change()) {
                    assertTrue(ConfigSchema.require(setting.key()).hot(), setting.key());
                    changed = setting.in(changed);
                }
                assertEquals(List.of(), ConfigValidator.problems(changed), one.toString());
            }
        });
    }

    private static Observation any(Random random) {
        String[] settings = {"postgres.pool_size=" + (1 + random.nextInt(1000)),
                "postgres.max_overflow=" + random.nextInt(1001),
                "postgres.manager=" + (random.nextBoolean() ? "legacy" : "optimized"),
                "buffer.bypass_mode=" + random.nextBoolean(), "services.cache=" + random.nextBoolean(),
                "queries.consolidated=" + random.nextBoolean(),
                "buffer.hybrid_buffer.embedding=" + (random.nextBoolean() ? "transfer" : "extraction"),
                "buffer.performance.max_flush_workers=" + (1 + random.nextInt(64)),
                "embedding.background_share=" + (random.nextInt(101) / 100.0),
                "memory_service.timeout_per_layer=" + (1 + random.nextInt(600))};
        List<MetricsSnapshot> all = new ArrayList<>();
        for (int i = 0; i < random.nextInt(250); i++) {
            all.add(anySnapshot(random, START.plusMillis(100L * i)));
        }
        return new Observation(all, config(settings), anyServer(random), anyServer(random), null,
                random.nextBoolean()
                        ? null
                        : new RecallChange(List.of(new Setting("retrieval.dense_weight", "0.5")), random.nextDouble(),
                                random.nextDouble(),
                                new PointsEstimate(number(random), number(random), number(random), 0,
                                        "", 3, Decision.NOT_ENOUGH, 0)));
    }

    private static double number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> Double.NaN;
            case 2 -> Double.POSITIVE_INFINITY;
            case 3 -> -random.nextDouble() * 1e6;
            default -> random.nextDouble() * 1e9;
        };
    }

    private static MetricsSnapshot anySnapshot(Random random, Instant at) {
        Map<Operation, OperationSample> operations = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            if (random.nextBoolean()) {
                operations.put(operation,
                        new OperationSample(random.nextInt(1000), random.nextInt(3), random.nextLong(1L << 40),
                                random.nextLong(1L << 40), random.nextLong(1L << 40), random.nextLong(1L << 40)));
            }
        }
        Map<Stage, Double> stages = new HashMap<>();
        for (Stage stage : Stage.values()) {
            if (random.nextBoolean()) {
                stages.put(stage, Math.abs(number(random)));
            }
        }
        return new MetricsSnapshot(at, number(random), operations, stages,
                new PoolSample(random.nextInt(100), random.nextInt(100), random.nextInt(100), random.nextInt(100),
                        random.nextLong(1L << 40), random.nextLong(1L << 40), Math.abs(number(random)),
                        random.nextInt(1000)),
                new BufferSample(random.nextInt(1000), random.nextInt(1000), random.nextInt(100), random.nextInt(3),
                        random.nextInt(9), random.nextInt(10_000), number(random)),
                new JournalSample(random.nextInt(10), random.nextInt(100), number(random), number(random),
                        random.nextLong(1L << 40), random.nextBoolean(), false, 0, false, random.nextInt(50)),
                new ResourceSample(random.nextInt(100), random.nextInt(100), number(random), number(random)));
    }

    private static @Nullable ServerState anyServer(Random random) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of("max_connections", "shared_buffers", "max_wal_size", "checkpoint_timeout",
                "checkpoint_completion_target")) {
            if (random.nextInt(5) > 0) {
                settings.put(name, random.nextInt(5) == 0 ? "unknown" : Double.toString(number(random)));
            }
        }
        return new ServerState(settings, random.nextBoolean() ? "installed" : "missing", random.nextInt(200) - 1,
                random.nextLong(1L << 40), random.nextLong(1L << 40), random.nextLong(1L << 40), random.nextInt(9),
                random.nextInt(9), random.nextLong(1L << 50));
    }
}
