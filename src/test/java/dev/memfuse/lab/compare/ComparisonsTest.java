package dev.memfuse.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.lab.compare.report.BlocksCsv;
import dev.memfuse.lab.compare.report.ComparisonHtml;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.PairedRatios;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.Loads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Comparisons of an engine whose latency is known: a query takes 4 ms for each connection of `postgres.pool_size`, on
/// average.
@Tag("timing")
class ComparisonsTest {
    private static final double MS_PER_CONNECTION = 4;
    private static final double SPREAD = 0.15;
    private static final Metric QUERY_P50 = Metric.parse("query.p50");

    @TempDir
    Path folder;

    private final Loads loads = new Loads(Duration.ofSeconds(5), "load.keep_data=false");
    private Comparisons comparisons;

    @BeforeEach
    void start() {
        comparisons = new Comparisons(loads.service, loads.tunables, () -> Optional.of(loads.engine),
                new EqualArms(folder.resolve("lab/equal-arms.csv")));
    }

    @AfterEach
    void close() {
        comparisons.close();
        loads.close();
    }

    private void latencyByPoolSize() {
        Random random = new Random(7);
        loads.engine.inside = operation -> {
            if (!operation.equals("query")) {
                return;
            }
            double factor;
            synchronized (random) {
                factor = Math.exp(SPREAD * random.nextGaussian());
            }
            double millis = MS_PER_CONNECTION * loads.tunables.get().postgres().poolSize() * factor;
            long until = System.nanoTime() + Math.round(millis * 1e6);
            for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        };
    }

    private Arm arm(String... settings) {
        return new Arms(new FileProfiles(folder), loads.tunables.get()).arm(Optional.empty(), List.of(settings));
    }

    private static Workload block(Duration duration) {
        return Loads.open(600, 500, 4, Loads.QUERIES, duration);
    }

    private ComparisonPlan plan(Arm a, Arm b, int pairs) {
        return new ComparisonPlan(a, b, block(Duration.ofMillis(450)), false, QUERY_P50, pairs, false, 0.03, 0);
    }

    private static ComparisonResult result(ComparisonRun run) {
        return run.result().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Test
    void aKnownRatioIsFoundWithinItsInterval() {
        latencyByPoolSize();

        ComparisonResult result = result(comparisons
                .start(plan(arm("postgres.pool_size=10"), arm("postgres.pool_size=11"), 10)));

        RatioEstimate ratio = result.primary().ratio();
        assertEquals(Decision.WORSE, result.decision(), result.sentence());
        assertTrue(ratio.low() <= 1.11 && ratio.high() >= 1.09, ratio.toString());
        assertTrue(ratio.low() > 1.03 && ratio.high() < 1.17, ratio.toString());
        assertEquals(20, result.blocks().size());
    }

    @Test
    void equalArmsAreNotCalledDifferentAndTellTheSmallestDifferenceAlsoAfterARestart() {
        latencyByPoolSize();
        ComparisonPlan plan = plan(arm("postgres.pool_size=10"), arm("postgres.pool_size=10"), 6);
        assertTrue(comparisons.smallestDifference(plan).isEmpty());

        ComparisonResult result = result(comparisons.start(plan));

        EqualArms.Smallest smallest = comparisons.smallestDifference(plan).orElseThrow();
        assertEquals(PairedRatios.of(values(result, "A"), values(result, "B"))
                .smallestDifference(6, ComparisonPlan.ALPHA), smallest.relative(), 1e-9);
        assertEquals(Optional.of(smallest), new EqualArms(folder.resolve("lab/equal-arms.csv"))
                .smallest(QUERY_P50, 6, ComparisonPlan.ALPHA));

        assertTrue(result.differences().isEmpty());
        assertNotEquals(Decision.BETTER, result.decision(), result.sentence());
        assertNotEquals(Decision.WORSE, result.decision(), result.sentence());
    }

    /// Returns the values of the primary metric by pair.
    private static double[] values(ComparisonResult result, String arm) {
        return result.blocks().stream().filter(block -> block.arm().equals(arm))
                .sorted(Comparator.comparingInt(Block::pair))
                .mapToDouble(block -> block.values().getOrDefault(QUERY_P50.name(), 0.0)).toArray();
    }

    @Test
    void bothBlocksOfAPairHaveTheSameSeedAndEachPairItsOwn() {
        ComparisonResult result = result(comparisons.start(plan(arm(), arm("postgres.pool_size=11"), 4)));

        List<Long> seeds = loads.service.runs().stream().map(run -> run.workload().seed()).toList();
        assertEquals(List.of(43L, 43L, 44L, 44L, 45L, 45L, 46L, 46L), seeds);
        List<String> arms = result.blocks().stream().map(Block::arm).toList();
        for (int i = 0; i < 8; i += 4) {
            assertEquals(arms.get(i), arms.get(i + 3), arms.toString());
            assertEquals(arms.get(i + 1), arms.get(i + 2), arms.toString());
            assertNotEquals(arms.get(i), arms.get(i + 1), arms.toString());
        }
    }

    @Test
    void eachBlockHasItsNumberWhileItRuns() {
        Set<Integer> numbers = ConcurrentHashMap.newKeySet();
        AtomicReference<ComparisonRun> current = new AtomicReference<>();
        loads.engine.inside = _ -> {
            ComparisonRun run = current.get();
            if (run != null) {
                numbers.add(run.progress().block());
            }
        };
        ComparisonRun run = comparisons.start(plan(arm(), arm("postgres.pool_size=11"), 3));
        current.set(run);

        result(run);

        assertTrue(numbers.containsAll(Set.of(2, 3, 4, 5, 6)), numbers.toString());
        assertEquals(0, run.progress().block());
    }

    @Test
    void thePlannedTimeIncludesTheSearchForARateAndRecall() {
        ComparisonPlan plan = plan(arm(), arm("postgres.pool_size=11"), 6);
        ComparisonPlan searching = new ComparisonPlan(plan.a(), plan.b(), plan.block(), true, QUERY_P50, 6, false,
                0.03, 0);
        ComparisonPlan asking = new ComparisonPlan(plan.a(), plan.b(), plan.block(), false, QUERY_P50, 6, false,
                0.03, 800);

        assertTrue(searching.planned().minus(plan.planned()).toSeconds() >= 2 * 5);
        assertTrue(asking.planned().minus(plan.planned()).toSeconds() >= 5);
    }

    @Test
    void theConfigurationFromBeforeIsInForceAfterTheEnd() {
        MemFuseConfig before = loads.tunables.get();

        result(comparisons.start(plan(arm("postgres.pool_size=7"), arm("postgres.pool_size=11"), 1)));

        assertEquals(before, loads.tunables.get());
        assertTrue(loads.engine.users().isEmpty(), "the users of the blocks are removed");
    }

    @Test
    void aStoppedComparisonKeepsItsPairsAndRestoresTheConfiguration() {
        MemFuseConfig before = loads.tunables.get();
        ComparisonRun run = comparisons.start(plan(arm(), arm("postgres.pool_size=11"), 200));
        while (run.progress().pairs() < 1) {
            LockSupport.parkNanos(1_000_000);
        }

        run.stop();
        ComparisonResult result = result(run);

        assertTrue(result.cancelled());
        assertTrue(result.blocks().size() >= 2 && result.blocks().size() < 400, result.sentence());
        assertEquals(before, loads.tunables.get());
        assertTrue(comparisons.current().isEmpty());
    }

    @Test
    void aFailedBlockRestoresTheConfigurationAndSaysWhichArmFailed() {
        MemFuseConfig before = loads.tunables.get();
        loads.engine.deleting = _ -> {
            throw new IllegalStateException("the disk is gone");
        };

        CompletionException failure = assertThrows(CompletionException.class,
                () -> result(comparisons.start(plan(arm(), arm("postgres.pool_size=11"), 2))));

        assertTrue(
                String.valueOf(Objects.requireNonNull(failure.getCause()).getMessage())
                        .matches("Block 1 of arm [AB] failed: .*"),
                failure.toString());
        assertEquals(before, loads.tunables.get());
    }

    @Test
    void aComparisonThatIsStoppedWhileItsBlockFailsSaysWhatFailed() {
        AtomicReference<ComparisonRun> current = new AtomicReference<>();
        AtomicInteger failed = new AtomicInteger();
        loads.engine.inside = operation -> {
            ComparisonRun run = current.get();
            if (operation.equals("query") && run != null
                    && run.progress().phase().equals(Optional.of(LoadRun.Phase.MEASURING))) {
                failed.incrementAndGet();
                throw new EngineException("The database does not answer.");
            }
        };
        ComparisonRun run = comparisons.start(new ComparisonPlan(arm(), arm("postgres.pool_size=11"),
                block(Duration.ofMinutes(5)), false, QUERY_P50, 6, false, 0.03, 0));
        current.set(run);
        while (failed.get() < 20) {
            LockSupport.parkNanos(1_000_000);
        }

        run.stop();

        CompletionException failure = assertThrows(CompletionException.class, () -> result(run));
        String message = String.valueOf(Objects.requireNonNull(failure.getCause()).getMessage());
        assertTrue(message.matches("The comparison was ended before its first pair\\. Block 1 of arm [AB] failed \\d+ "
                + "times: query: The database does not answer\\."), message);
    }

    @Test
    void aFasterArmWithErrorsIsNotCalledBetter() {
        latencyByPoolSize();
        var delay = loads.engine.inside;
        Random random = new Random(1);
        loads.engine.inside = operation -> {
            delay.accept(operation);
            boolean b = loads.tunables.get().postgres().poolSize() == 5;
            if (b && operation.equals("query") && random.nextInt(200) == 0) {
                throw new EngineException("lost");
            }
        };

        ComparisonResult result = result(comparisons
                .start(plan(arm("postgres.pool_size=10"), arm("postgres.pool_size=5"), 6)));

        assertEquals(Decision.BETTER, result.primary().ratio().decision(), result.sentence());
        assertEquals(Decision.NOT_ENOUGH, result.decision(), result.sentence());
        assertTrue(result.problems().stream().anyMatch(problem -> problem.startsWith("Errors rose")),
                result.problems().toString());
    }

    @Test
    void armsThatNeedARestartOfAnotherServerAreRefusedBeforeTheFirstBlock() {
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> comparisons.start(
                plan(arm("postgres.server.shared_buffers=16MB"), arm("postgres.server.shared_buffers=64MB"), 6)));

        assertEquals("postgres.server.shared_buffers: applies to the embedded server, which is not the database in "
                + "use.", refused.getMessage());
        assertTrue(comparisons.current().isEmpty());
        assertEquals(Optional.empty(), loads.service.reservedBy());
    }

    @Test
    void anArmWithAKeyThatIsFixedAtStartIsRefusedByName() {
        ConfigException refused = assertThrows(ConfigException.class,
                () -> arm("postgres.url=jdbc:postgresql://elsewhere/db"));

        assertTrue(refused.getMessage().contains("postgres.url"), refused.getMessage());
        assertTrue(refused.getMessage().contains("fixed at start"), refused.getMessage());
    }

    @Test
    void aBlockGrowsUntilItsPercentileHasEnoughOperations() {
        Workload grown = BlockSizing.sized(block(Duration.ofSeconds(1)), 600, Metric.parse("query.p99"));

        assertTrue(grown.duration().toMillis() / 1e3 * 600 >= 10_000, grown.toString());
        IllegalStateException refused = assertThrows(IllegalStateException.class,
                () -> BlockSizing.sized(block(Duration.ofSeconds(1)), 5, Metric.parse("query.p99")));
        assertTrue(String.valueOf(refused.getMessage()).contains("query.p99 needs 10,000 operations"),
                refused.getMessage());
    }

    @Test
    void oneComparisonRunsAtATimeAndNoneBesideALoad() {
        LoadRun load = loads.service.start(block(Duration.ofSeconds(20)));

        assertThrows(IllegalStateException.class, () -> comparisons.start(plan(arm(), arm(), 1)));
        load.stop();
        Loads.result(load);
        ComparisonRun first = comparisons.start(plan(arm(), arm(), 50));
        assertThrows(IllegalStateException.class, () -> comparisons.start(plan(arm(), arm(), 1)));
        first.stop();
        assertFalse(first.progress().blocks().size() > 100);
    }

    @Test
    void theReportsHoldTheVerdictAndEveryBlockAndNeedNoOtherFile() {
        latencyByPoolSize();
        ComparisonResult result = result(comparisons.start(new ComparisonPlan(
                new Arm("<b>a</b>", arm("postgres.pool_size=5").config()), arm("postgres.pool_size=6"),
                block(Duration.ofMillis(450)), false, QUERY_P50, 6, false, 0.03, 0)));

        String page = ComparisonHtml.page(result, 0.03);
        assertTrue(page.contains("<h1>" + result.sentence()), page);
        assertTrue(page.contains("&lt;b&gt;a&lt;/b&gt;") && !page.contains("<b>a"), "names are escaped");
        assertFalse(page.contains("http:") || page.contains("https:") || page.contains("src="), "self-contained");
        assertTrue(page.contains("<polyline class=\"b\""), "percentile spectra");
        List<String> csv = BlocksCsv.lines(result);
        assertEquals(13, csv.size());
        assertTrue(csv.getFirst().startsWith("pair,arm,at,seconds,operations,errors,verdict,query.p50"),
                csv.getFirst());
        SpectrumRow median = Objects.requireNonNull(result.spectra().get("query")).stream()
                .filter(row -> row.percentile() == 50).findFirst()
                .orElseThrow();
        assertEquals(1.2, median.bMs() / median.aMs(), 0.08);
    }
}
