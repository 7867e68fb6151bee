package dev.memfuse.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.lab.paired.SecondaryMetrics;
import dev.memfuse.load.Verdict;
import org.junit.jupiter.api.Test;

/// What the tables say about a metric, and about those that they leave out.
class MetricVerdictTest {
    private static MetricResult metric(String name, RatioEstimate ratio) {
        return new MetricResult(name, "ms", name.equals("add.p50"), false, 2, 1, ratio);
    }

    private static RatioEstimate ratio(double ratio, double low, double high, double pValue, Decision decision) {
        return new RatioEstimate(ratio, low, high, pValue, "signed ranks", 10, decision, 0);
    }

    private static ComparisonResult result(List<String> problems, List<MetricResult> metrics) {
        return new ComparisonResult(1, Instant.EPOCH, false, "a", "b", List.of(), Decision.BETTER, "", problems,
                metrics, null, Map.of(), List.of(), Map.of(), Map.of());
    }

    @Test
    void aDifferenceThatTheCorrectionTakesAwayIsMarkedAndExplained() {
        List<RatioEstimate> corrected = SecondaryMetrics.correct(List.of(
                ratio(0.64, 0.62, 0.91, 0.04, Decision.BETTER), ratio(1.01, 0.8, 1.2, 0.9, Decision.NOT_ENOUGH)),
                0.05);
        ComparisonResult result = result(List.of(), List.of(
                metric("add.p50", ratio(0.5, 0.4, 0.6, 0.001, Decision.BETTER)),
                metric("leases", corrected.getFirst()), metric("wal", corrected.getLast())));

        assertEquals(List.of("better", "not enough data †", "not enough data"),
                result.metrics().stream().map(metric -> MetricVerdict.of(metric, result).label()).toList());
        assertTrue(MetricVerdict.note(result.metrics(), result).orElseThrow()
                .contains("not after the correction for 2 figures"));
        assertEquals(Optional.empty(), MetricVerdict.note(result.metrics().subList(2, 3), result));
    }

    @Test
    void nothingIsStressedAsBetterWhileTheComparisonHasAProblem() {
        MetricResult better = metric("add.p50", ratio(0.5, 0.4, 0.6, 0.001, Decision.BETTER));
        MetricResult worse = metric("wal", ratio(1.5, 1.4, 1.6, 0.001, Decision.WORSE));
        ComparisonResult result = result(List.of("2 of 10 blocks of arm A are not valid."), List.of(better, worse));

        assertEquals(new MetricVerdict(Decision.NOT_ENOUGH, "probably better"), MetricVerdict.of(better, result));
        assertEquals(new MetricVerdict(Decision.WORSE, "worse"), MetricVerdict.of(worse, result));
    }

    @Test
    void nothingIsStressedAtAllWhileBlocksAreVoid() {
        Verdict busy = Verdict.of(List.of(new Verdict.Reason(Verdict.Cause.GENERATOR, 0.35, 0.2, "Busy.")));
        MetricResult worse = metric("add.p50", ratio(1.5, 1.4, 1.6, 0.001, Decision.WORSE));
        MetricResult same = metric("wal", ratio(1, 0.99, 1.01, 1, Decision.SAME));
        MetricResult open = metric("leases", ratio(1, 0.5, 1.5, 1, Decision.NOT_ENOUGH));
        ComparisonResult result = new ComparisonResult(1, Instant.EPOCH, false, "a", "b", List.of(), Decision.WORSE,
                "", List.of("1 of 1 blocks of arm A is not valid."), List.of(worse, same, open), null, Map.of(),
                List.of(new Block(1, false, Instant.EPOCH, 1, 100, 0, busy, Map.of())), Map.of(), Map.of());

        assertTrue(result.voided());
        assertFalse(result.counts());
        assertEquals(new MetricVerdict(Decision.NOT_ENOUGH, "probably worse"), MetricVerdict.of(worse, result));
        assertEquals(new MetricVerdict(Decision.NOT_ENOUGH, "probably same"), MetricVerdict.of(same, result));
        assertEquals(new MetricVerdict(Decision.NOT_ENOUGH, "not enough data"), MetricVerdict.of(open, result));
    }

    @Test
    void percentilesWithoutEnoughOperationsAreNamedWithWhatTheyNeed() {
        List<MetricResult> reported = Metric.of(StandardBlock.workload()).stream().map(Metric::name)
                .filter(name -> !name.startsWith("add.p9"))
                .map(name -> metric(name, ratio(1, 0.9, 1.1, 1, Decision.NOT_ENOUGH))).toList();

        assertEquals(Optional.of("add has about 95 operations a block: p90 needs 1,000, p95 2,000, p99 10,000, "
                + "p99.9 100,000"),
                LeftOut.of(StandardBlock.workload(), reported, _ -> 95));
    }
}
