package dev.memfuse.lab.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.Loads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Tunings of an engine whose latency is a known function of its settings.
@Tag("timing")
class TunesTest {
    private static final String CONSOLIDATED = "queries.consolidated";
    private static final Duration SHORTEST = Duration.ofMillis(150);
    private static final Goal GOAL = Goal.parse("minimise query.p50 subject to throughput >= 0.5 of start");

    private final Loads loads = new Loads(Duration.ofSeconds(5), "load.keep_data=false", "queries.consolidated=false",
            "services.cache=true");
    private final Tunes tunes = new Tunes(loads.service, loads.tunables, Optional::empty, (_, _) -> {},
            SHORTEST);

    @AfterEach
    void close() {
        tunes.close();
        loads.close();
    }

    private void latency(ToLongFunction<MemFuseConfig> micros) {
        loads.engine.inside = _ -> {
            long nanos = TimeUnit.MICROSECONDS.toNanos(micros.applyAsLong(loads.tunables.get()));
            long until = System.nanoTime() + nanos;
            for (long left = nanos; left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        };
    }

    private TunePlan plan(Goal goal, Map<String, MemFuseConfig> profiles, Duration budget) {
        Workload load = Loads.closed(16, Loads.QUERIES, Duration.ofMillis(50), Duration.ofMillis(150));
        return new TunePlan(new Arm("as it runs", loads.tunables.get()), goal, profiles, List.of(), load, false,
                budget);
    }

    private MemFuseConfig with(String key, Object value) {
        return ConfigValues.with(loads.tunables.get(), key, value);
    }

    private static TuneResult result(TuneRun run) {
        return run.result().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void theBestSettingsAreFoundProvenAndTheStartIsRestored() {
        latency(config -> config.queries().consolidated() ? 2_000 : 12_000);
        MemFuseConfig before = loads.tunables.get();

        TuneResult result = result(tunes.start(plan(GOAL,
                Map.of("good", with(CONSOLIDATED, true), "none", with("buffer.query.cache_size", 50)),
                Duration.ofSeconds(8))));

        assertTrue(result.proven(), result.toString());
        assertTrue(result.changes().stream().anyMatch(change -> change.path().equals(CONSOLIDATED)),
                result.changes().toString());
        ComparisonResult comparison = result.comparison();
        assertNotNull(comparison);
        assertTrue(comparison.primary().ratio().high() < 0.8, comparison.sentence());
        assertEquals(before, loads.tunables.get());
        assertTrue(result.tried().size() > 3, result.tried().toString());
        assertEquals(0, result.tried().getFirst().number());
        assertTrue(result.tried().stream().anyMatch(tried -> tried.outcome().equals("chosen")));
    }

    @Test
    void equalCandidatesAreNotCalledBetter() {
        // Long beside the pauses of a busy machine, which could double the tail of one millisecond.
        latency(_ -> 5_000);

        TuneResult result = result(tunes.start(plan(GOAL, Map.of("same", with("buffer.query.cache_size", 50)),
                Duration.ofSeconds(6))));

        assertFalse(result.proven(), result.sentence());
        assertTrue(result.sentence().startsWith("Not shown to be better"), result.sentence());
    }

    @Test
    void aGuardrailLeavesOutACandidateWhoseTailIsTwiceTheStart() {
        latency(config -> config.queries().consolidated() ? 7_000 : 1_000);
        Goal throughput = Goal.parse("minimise query.p50");

        TuneResult result = result(tunes.start(plan(throughput, Map.of("slow", with(CONSOLIDATED, true)),
                Duration.ofSeconds(6))));

        TriedCandidate slow = result.tried().get(1);
        assertTrue(slow.outcome().startsWith("ended by a guardrail: query p"), slow.outcome());
    }

    @Test
    void aConditionThatOnlyTheSlowerCandidateKeepsDecides() {
        latency(config -> config.queries().consolidated() ? 1_000 : 2_000);
        Goal impossible = Goal.parse("minimise query.p50 subject to throughput <= 0.9 of start");

        TuneResult result = result(tunes.start(plan(impossible, Map.of("fast", with(CONSOLIDATED, true)),
                Duration.ofSeconds(6))));

        assertFalse(result.proven(), result.toString());
    }

    @Test
    void aStoppedTuningRestoresTheSettingsAndReportsWhatItTried() {
        latency(_ -> 1_000);
        MemFuseConfig before = loads.tunables.get();
        TuneRun run = tunes.start(plan(GOAL, Map.of("good", with(CONSOLIDATED, true)), Duration.ofSeconds(60)));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (run.progress().tried().size() < 2) {
            assertTrue(System.nanoTime() < deadline, "a candidate is tried within 20 s");
            Thread.onSpinWait();
        }

        run.stop();
        TuneResult result = result(run);

        assertTrue(result.cancelled());
        assertNull(result.comparison());
        assertEquals(before, loads.tunables.get());
        assertTrue(result.tried().stream().filter(tried -> tried.loads() > 0).count() >= 2, result.toString());
    }

    @Test
    void nobodyElseChangesASettingMeanwhile() {
        latency(_ -> 1_000);
        MemFuseConfig before = loads.tunables.get();
        TuneRun run = tunes.start(plan(GOAL, Map.of("good", with(CONSOLIDATED, true)), Duration.ofSeconds(60)));
        while (run.progress().tried().isEmpty()) {
            Thread.onSpinWait();
        }

        ConfigException refused = assertThrows(ConfigException.class, () -> loads.tunables.apply("Flags page",
                config -> ConfigValues.with(config, "buffer.query.cache_size", 77)));
        run.stop();

        assertTrue(refused.getMessage().contains("A tuning is running"), refused.getMessage());
        TuneResult _ = result(run);
        assertEquals(before, loads.tunables.get());
    }

    @Test
    void aLoadThatCannotReachTheDemandedThroughputIsRefused() {
        Workload open = Loads.open(10, 8, 4, Loads.QUERIES, Duration.ofSeconds(1));
        Goal goal = Goal.parse("minimise query.p50 subject to throughput >= 500/s");
        Arm start = new Arm("as it runs", loads.tunables.get());

        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> TunePlan.of(start, goal, Map.of(), List.of(), open, false, Duration.ofMinutes(1)));
        assertEquals("A load of 10.0 operations/s cannot have a throughput of 500/s; offer more.",
                refused.getMessage());
        assertEquals(525, TunePlan.of(start, goal, Map.of(), List.of(), open, true, Duration.ofMinutes(1)).load()
                .arrival().level());
        assertThrows(IllegalArgumentException.class,
                () -> TunePlan.of(start, goal, Map.of(), List.of(), open, true, Duration.ofSeconds(59)));
    }
}
