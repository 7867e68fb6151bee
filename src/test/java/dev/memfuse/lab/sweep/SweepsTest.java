package dev.memfuse.lab.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.lab.sweep.report.SweepFiles;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.Loads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sweeps of an engine whose throughput is known: each query holds one of `postgres.pool_size` permits for 10 ms.
@Tag("timing")
class SweepsTest {
    private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final String POOL_SIZE = "postgres.pool_size";
    private static final int CALLERS = 8;

    private final Loads loads = new Loads(Duration.ofSeconds(5), "load.keep_data=false");
    private final Sweeps sweeps = new Sweeps(loads.service, loads.tunables);

    @AfterEach
    void close() {
        sweeps.close();
        loads.close();
    }

    private void permitsByPoolSize() {
        Semaphore[] permits = new Semaphore[CALLERS + 1];
        for (int size = 1; size <= CALLERS; size++) {
            permits[size] = new Semaphore(size);
        }
        loads.engine.inside = _ -> {
            Semaphore pool = permits[loads.tunables.get().postgres().poolSize()];
            pool.acquireUninterruptibly();
            try {
                long until = System.nanoTime() + HOLD_NANOS;
                for (long left = HOLD_NANOS; left > 0; left = until - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            } finally {
                pool.release();
            }
        };
    }

    private SweepPlan plan(String parameter, List<Double> values, Duration duration) {
        Workload load = Loads.closed(CALLERS, Loads.QUERIES, Duration.ofMillis(100), duration);
        return new SweepPlan(parameter, values, loads.tunables.get(), load, 1);
    }

    private static SweepResult result(SweepRun run) {
        return run.result().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void aGridMeasuresEachPairOfValuesAndHasNoLaw() {
        permitsByPoolSize();
        Workload load = Loads.closed(CALLERS, Loads.QUERIES, Duration.ofMillis(100), Duration.ofMillis(600));
        SweepPlan grid = new SweepPlan(POOL_SIZE, List.of(1.0, 4.0), loads.tunables.get(), load, 1,
                new SweepDimension(SweepPlan.CONCURRENCY, List.of(1.0, 4.0)));

        SweepResult result = result(sweeps.start(grid));

        List<String> points = result.points().stream().map(point -> point.value() + " " + point.second()).toList();
        assertEquals(List.of("1.0 1.0", "1.0 4.0", "4.0 1.0", "4.0 4.0"), points);
        double both = result.points().getLast().throughputPerS();
        for (SweepPoint point : result.points().subList(0, 3)) {
            assertTrue(both > 2 * point.throughputPerS(), result.points().toString());
        }
        assertNull(result.law());
        assertTrue(result.sentence().endsWith("at postgres.pool_size 4, concurrency 4."), result.sentence());
        List<String> csv = SweepFiles.csv(result).lines().toList();
        assertTrue(csv.getFirst().startsWith("postgres.pool_size,concurrency,throughput_per_s"), csv.getFirst());
        assertEquals(5, csv.size());
        assertTrue(SweepFiles.html(result).contains("Sweep of postgres.pool_size and concurrency"));
    }

    @Test
    void aGridOfOneParameterOrOfTwoOfTheLoadIsRefused() {
        List<Double> two = List.of(1.0, 2.0);
        for (String[] pair : new String[][]{{POOL_SIZE, POOL_SIZE}, {SweepPlan.RATE, SweepPlan.CONCURRENCY}}) {
            assertThrows(IllegalArgumentException.class, () -> new SweepPlan(pair[0], two, loads.tunables.get(),
                    SweepPlan.POINT, 1, new SweepDimension(pair[1], two)), pair[0] + " " + pair[1]);
        }
    }

    @Test
    void throughputFollowsThePermitsAndTheSettingsAreRestored() {
        permitsByPoolSize();
        MemFuseConfig before = loads.tunables.get();

        SweepResult result = result(sweeps.start(plan(POOL_SIZE, List.of(1.0, 2.0, 4.0), Duration.ofSeconds(1))));

        List<SweepPoint> points = result.points();
        assertEquals(List.of(1.0, 2.0, 4.0), points.stream().map(SweepPoint::value).toList());
        assertEquals(2, points.get(1).throughputPerS() / points.get(0).throughputPerS(), 0.4);
        assertEquals(4, points.get(2).throughputPerS() / points.get(0).throughputPerS(), 0.8);
        assertNotNull(points.get(2).littlesLaw());
        assertTrue(result.sentence().contains(POOL_SIZE + " 4"), result.sentence());
        assertTrue(result.noLaw().contains("at least 6"), result.noLaw());
        assertEquals(before, loads.tunables.get());
    }

    @Test
    void aLoadTooShortForItsLatencyIsNotChecked() {
        permitsByPoolSize();

        SweepResult result = result(sweeps.start(plan(POOL_SIZE, List.of(1.0, 2.0), Duration.ofMillis(300))));

        assertEquals(null, result.points().getFirst().littlesLaw());
        assertTrue(result.problems().stream().anyMatch(problem -> problem.contains("give the loads more time")),
                "" + result.problems());
    }

    @Test
    void nobodyElseChangesASettingMeanwhile() {
        permitsByPoolSize();
        MemFuseConfig before = loads.tunables.get();
        SweepRun run = sweeps.start(plan(POOL_SIZE, List.of(1.0, 2.0), Duration.ofSeconds(20)));
        Loads.awaitPhase(loads.service.runs().isEmpty() ? awaitLoad() : loads.service.runs().getLast(),
                LoadRun.Phase.MEASURING);

        ConfigException refused = assertThrows(ConfigException.class, () -> loads.tunables.apply("Flags page",
                config -> ConfigValues.with(config, POOL_SIZE, 7)));
        run.stop();

        assertTrue(refused.getMessage().contains("A sweep is running"), refused.getMessage());
        // Nothing was measured yet.
        assertThrows(CompletionException.class, () -> result(run));
        assertEquals(before, loads.tunables.get());
    }

    private LoadRun awaitLoad() {
        while (loads.service.runs().isEmpty()) {
            Thread.onSpinWait();
        }
        return loads.service.runs().getLast();
    }

    @Test
    void aSecondSweepIsRefused() {
        permitsByPoolSize();
        SweepRun run = sweeps.start(plan(POOL_SIZE, List.of(1.0, 2.0), Duration.ofSeconds(20)));

        assertThrows(IllegalStateException.class,
                () -> sweeps.start(plan(POOL_SIZE, List.of(1.0, 2.0), Duration.ofSeconds(1))));
        run.stop();

        assertThrows(CompletionException.class, () -> result(run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"buffer.bypass_mode", "services.cache", "postgres.url"})
    void whatIsNoNumberIsRefused(String parameter) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> plan(parameter, List.of(1.0, 2.0), Duration.ofSeconds(1)));

        assertTrue(String.valueOf(refused.getMessage()).contains(parameter), refused.getMessage());
    }

    @Test
    void aValueOutOfRangeIsRefusedBeforeTheFirstLoad() {
        assertThrows(ConfigException.class, () -> plan(POOL_SIZE, List.of(1.0, 1e9), Duration.ofSeconds(1)));
        assertFalse(sweeps.current().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0..4", "4..1", "a,b", "1,,2", "1..", "..3", "1..9:0", "1..1e9:1", "NaN,1", "1,1"})
    void textThatIsNoListOfValuesIsRefused(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> SweepValues.parse(text));

        assertTrue(String.valueOf(refused.getMessage()).contains("1..64"), refused.getMessage());
    }

    @Test
    void rangesDoubleOrHaveAStep() {
        assertEquals(List.of(1.0, 2.0, 4.0, 6.0), SweepValues.parse("1..6"));
        assertEquals(List.of(10.0, 20.0, 25.0), SweepValues.parse("10..25:10"));
        assertEquals(List.of(0.5, 3.0), SweepValues.parse("3, 0.5"));
        for (String text : List.of("16MB..64MB", "16..64MB", "16 MB..64 MB", "16MB, 32MB, 64MB", "16MB,32,64")) {
            assertEquals(new SweepDimension("postgres.server.work_mem (MB)", List.of(16.0, 32.0, 64.0)),
                    SweepDimension.of("postgres.server.work_mem", text), text);
        }
        assertEquals(List.of(100.0, 150.0, 200.0), SweepDimension.of("postgres.server.checkpoint_timeout",
                "100s..200s:50").values());
    }
}
