package dev.memfuse.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.EngineLoadService;
import dev.memfuse.load.run.Loads;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Comparisons on the real engine: equal arms, and arms whose difference is known.
@Tag("db")
class ComparisonsDbTest {
    private static final Workload ADDS = new Workload(4, new Workload.Arrival.Closed(2), Duration.ofMillis(600),
            Duration.ofMillis(100), Loads.ADDS, 10, 5, 42, Optional.empty());
    private static final Metric ADD_P50 = Metric.parse("add.p50");
    /// Six make an interval; on a busy machine a pair may be void.
    private static final int PAIRS = 8;

    @TempDir
    Path folder;

    private EngineFixture fixture;
    private EngineLoadService loads;
    private Comparisons comparisons;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("buffer.bypass_mode=true", "layers.m1.enabled=false", "layers.m2.enabled=false");
        loads = new EngineLoadService(() -> Optional.of(fixture.engine()), fixture.tunables(), fixture.metrics(),
                Map::of);
        comparisons = new Comparisons(loads, fixture.tunables(), () -> Optional.of(fixture.engine()),
                new EqualArms(folder.resolve("equal-arms.csv")));
    }

    @AfterEach
    void close() {
        comparisons.close();
        loads.close();
        fixture.close();
    }

    private ComparisonResult compare(int recallTurns, List<String> a, List<String> b) {
        Arms arms = new Arms(new FileProfiles(folder), fixture.tunables().get());
        ComparisonResult result = comparisons
                .start(new ComparisonPlan(arms.arm(Optional.empty(), a), arms.arm(Optional.empty(), b), ADDS, false,
                        ADD_P50, PAIRS, false, 0.03, recallTurns))
                .result().orTimeout(120, TimeUnit.SECONDS).join();
        System.out.println(result.sentence());
        return result;
    }

    @Test
    @Tag("slow")
    void anAcknowledgementAfterTheCommitIsSlowerThanOneFromMemoryAndWritesMore() throws SQLException {
        ComparisonResult result = compare(0, List.of("buffer.bypass_mode=false", "buffer.durability=memory"),
                List.of("buffer.bypass_mode=true"));

        assertEquals(Decision.WORSE, result.decision(), result.sentence());
        assertTrue(result.primary().ratio().low() > 1.5, result.sentence());
        MetricResult transactions = metric(result, "transactions");
        assertTrue(transactions.b() > 0.99, "with the bypass each add commits: " + transactions);
        assertTrue(transactions.a() < transactions.b(), transactions.toString());
        assertTrue(metric(result, "wal").a() > 1, "10 messages are more than 1 KiB of log");
        assertEquals(0, fixture.count("SELECT count(*) FROM users"));
    }

    @Test
    @Tag("slow")
    void equalArmsAreNotCalledDifferentAndHaveTheSameRecall() throws SQLException {
        ComparisonResult result = compare(400, List.of(), List.of());

        assertNotEquals(Decision.BETTER, result.decision(), result.sentence());
        assertNotEquals(Decision.WORSE, result.decision(), result.sentence());
        RecallResult recall = result.recall();
        assertNotNull(recall);
        assertEquals(recall.a(), recall.b());
        assertTrue(recall.a() > 0.5, recall.toString());
        assertEquals(Decision.SAME, recall.difference().decision(), recall.toString());
        assertNotNull(recall.freshAMs());
        assertEquals(0, fixture.count("SELECT count(*) FROM users"));
    }

    private static MetricResult metric(ComparisonResult result, String name) {
        return result.metrics().stream().filter(metric -> metric.name().equals(name)).findFirst().orElseThrow();
    }
}
