package dev.memfuse.metrics.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.alert.MetricRule.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricRuleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private final AlertRules rules = new AlertRules(new AlertRules.Content(Set.of(), Map.of(), List.of(), List.of()));
    private final PerformanceMonitor monitor = new PerformanceMonitor(hub,
            () -> new AlertLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1, 1), rules, () -> false);

    private void second(int at, double queries, int active) {
        monitor.evaluate(SnapshotFeed.snapshot(START.plusSeconds(at),
                Map.of(Operation.QUERY, new OperationSample(queries, 0, 1, 300_000_000, 1, 1)),
                new PoolSample(active, 0, 0, 10, 0, 0, 0)));
    }

    private List<String> active() {
        return monitor.active().stream().map(alert -> alert.rule().id() + ": " + alert.text()).toList();
    }

    @Test
    void everyMetricHasAValueInEverySnapshot() {
        MetricsSnapshot idle = SnapshotFeed.idle(START);
        Set<String> titles = new HashSet<>();
        for (AlertMetric metric : AlertMetrics.list()) {
            assertTrue(Double.isFinite(metric.of(idle)), metric.id());
            assertTrue(titles.add(metric.title()), metric.title());
            assertTrue(metric.id().matches("[a-z0-9_.]+"), metric.id());
        }
        assertTrue(titles.size() > 60, titles.size() + " metrics");
    }

    @Test
    void aRuleLastsAsLongAsItSays() {
        rules.change(now -> now.with(new MetricRule("slow", "query.p95", Side.ABOVE, 250, 6, 2, true)));
        for (int at = 0; at < 5; at++) {
            second(at, 100, 0);
            assertEquals(List.of(), active());
        }
        second(5, 100, 0);

        assertEquals(List.of("slow: p95 of query 300 ms, above 250 ms"), active());
        assertEquals(START, monitor.active().getFirst().since());
        assertEquals(List.of("p95 of query"), hub.marks().stream().map(EventMark::group).toList());
    }

    @Test
    void belowALimitRaisesAndEndsAfterTheQuietPeriod() {
        rules.change(now -> now.with(new MetricRule("idle", "query.rate", Side.BELOW, 50, 1, 3, true)));
        second(0, 40, 0);
        assertEquals(1, active().size());
        second(1, 52, 0);
        second(2, 60, 0);
        second(3, 60, 0);
        assertEquals(1, active().size(), "52 is too close to the limit to count as quiet");
        second(4, 60, 0);

        assertEquals(List.of(), active());
        assertEquals(START.plusSeconds(4), monitor.all().getFirst().until());
    }

    @Test
    void aRuleThatIsSwitchedOffOrRemovedEndsItsAlert() {
        rules.change(now -> now.with(new MetricRule("full", "pool.used", Side.ABOVE, 80, 1, 3, true)));
        second(0, 1, 9);
        assertEquals(List.of("full: share of the pool in use 90.0 %, above 80.0 %"), active());

        rules.change(now -> now.with(now.rules().getFirst().enabled(false)));
        second(1, 1, 9);
        assertEquals(List.of(), active());

        rules.change(now -> now.with(now.rules().getFirst().enabled(true)));
        second(2, 1, 9);
        rules.change(now -> now.without("full"));
        second(3, 1, 9);
        assertEquals(List.of(), active());
        assertEquals(2, monitor.all().size());
    }

    @Test
    void aRuleOfTheProgramCanBeSwitchedOff() {
        PerformanceMonitor strict = new PerformanceMonitor(hub, () -> new AlertLimits(1, 1, 1, 0, 0), rules,
                () -> false);
        rules.change(now -> now.with(AlertRule.HEAP_USED, false, AlertRules.Timing.FIRST));
        for (int at = 0; at < 5; at++) {
            strict.evaluate(SnapshotFeed.snapshot(START.plusSeconds(at), Map.of(), PoolSample.NONE));
        }
        assertEquals(List.of(), strict.all());
        rules.change(now -> now.with(AlertRule.HEAP_USED, true, new AlertRules.Timing(1, 1)));
        strict.evaluate(SnapshotFeed.snapshot(START.plusSeconds(6), Map.of(), PoolSample.NONE));

        assertEquals(List.of(AlertRule.HEAP_USED), strict.active().stream().map(Alert::rule).toList());
    }

    @Test
    void anAcknowledgedAlertStaysActiveAndKeepsIt() {
        rules.change(now -> now.with(new MetricRule("full", "pool.used", Side.ABOVE, 80, 1, 1, true)));
        second(0, 1, 9);
        assertTrue(monitor.active().getFirst().isNew());
        monitor.acknowledge(monitor.active().getFirst());
        second(1, 1, 10);

        Alert alert = monitor.active().getFirst();
        assertTrue(alert.active() && alert.acknowledged() && !alert.isNew());
        second(2, 1, 0);
        assertTrue(monitor.all().getFirst().acknowledged());
        second(3, 1, 9);
        assertTrue(monitor.active().getFirst().isNew(), "a new alert of the same rule");
    }

    @Test
    void invalidRulesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MetricRule("a", "none", Side.ABOVE, 1, 1, 1, true));
        assertThrows(IllegalArgumentException.class,
                () -> new MetricRule("a b", "add.p99", Side.ABOVE, 1, 1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new MetricRule("a", "add.p99", Side.ABOVE, -1, 1, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new MetricRule("a", "add.p99", Side.ABOVE, 1, 601, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new ServiceLevel("a", "add.p99", 1, 1));
    }

    /// Latency, throughput, errors and pool, each with seconds beyond the limit, then those of an idle engine with a
    /// whole pool.
    @ParameterizedTest
    @CsvSource(textBlock = """
                           query.p95,    ABOVE, 250
                           query.rate,   ABOVE, 0
                           calls,        ABOVE, 0
                           query.errors, ABOVE, 0
                           error_rate,   ABOVE, 0
                           pool.wait.p99, ABOVE, 10
                           pool.waiting, ABOVE, 0
                           pool.waiting, ABOVE, 6
                           pool.used,    ABOVE, 80
                           pool.idle,    BELOW, 10
                           heap.used,    BELOW, 8
                           """)
    void anAlertEndsAfterTheQuietSecondsAlsoWithoutCalls(String metric, Side side, double limit) {
        rules.change(now -> now.with(new MetricRule("rule", metric, side, limit, 1, 5, true)));
        monitor.evaluate(new MetricsSnapshot(START, 0.1,
                Map.of(Operation.QUERY, new OperationSample(100, 5, 1, 300_000_000, 1, 1)), Map.of(),
                new PoolSample(10, 0, 7, 10, 20_000_000, 20_000_000, 0, 100), MetricsSnapshot.BufferSample.EMPTY,
                MetricsSnapshot.JournalSample.EMPTY, new MetricsSnapshot.ResourceSample(1, 1L << 30, 0.2, 0)));
        for (int at = 1; at <= 5; at++) {
            assertEquals(1, active().size(), "second " + at);
            monitor.evaluate(SnapshotFeed.snapshot(START.plusSeconds(at), Map.of(),
                    new PoolSample(0, 10, 0, 10, 0, 0, 0)));
        }

        assertEquals(List.of(), active());
    }

    @Test
    void anAlertBelowAPercentageEndsAtTheEndOfItsScale() {
        rules.change(now -> now.with(new MetricRule("used", "pool.used", Side.BELOW, 95, 1, 1, true)));
        second(0, 1, 9);
        assertEquals(1, active().size());
        second(1, 1, 10);

        assertEquals(List.of(), active());
    }
}
