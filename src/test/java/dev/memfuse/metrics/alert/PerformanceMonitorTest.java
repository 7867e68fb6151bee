package dev.memfuse.metrics.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import org.junit.jupiter.api.Test;

class PerformanceMonitorTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private volatile AlertLimits limits = new AlertLimits(10_000_000, 100_000_000, 250_000_000, 0.01, 0.9);
    private final PerformanceMonitor monitor = new PerformanceMonitor(hub, () -> limits);

    private void second(int at, long addP99, double errors) {
        monitor.evaluate(SnapshotFeed.snapshot(START.plusSeconds(at),
                Map.of(Operation.ADD, new OperationSample(100, errors, 1, 1, addP99, addP99)), PoolSample.NONE));
    }

    private List<AlertSource> active() {
        return monitor.active().stream().map(Alert::rule).toList();
    }

    @Test
    void raisesAnAlertOnceAndEndsItOnce() {
        second(0, 50_000_000, 0);
        assertEquals(List.of(), monitor.all());
        second(1, 150_000_000, 0);
        second(2, 160_000_000, 0);
        assertEquals(List.of(), monitor.all());
        second(3, 170_000_000, 0);
        assertEquals(List.of(AlertRule.ADD), active());
        for (int quiet = 4; quiet < 9; quiet++) {
            assertEquals(List.of(AlertRule.ADD), active());
            second(quiet, 50_000_000, 0);
        }

        assertEquals(List.of(), active());
        assertEquals(1, monitor.all().size());
        assertEquals(START.plusSeconds(1), monitor.all().getFirst().since());
        assertEquals(START.plusSeconds(8), monitor.all().getFirst().until());
        assertEquals(List.of("p99 of add ~170 ms, limit 100 ms", "p99 of add is back within its limit"),
                hub.marks().stream().map(EventMark::text).toList());
        assertEquals(List.of(EventMark.Kind.ALERT, EventMark.Kind.ALERT_END),
                hub.marks().stream().map(EventMark::kind).toList());
    }

    @Test
    void aSecondOverTheLimitOrThreeWithFewSamplesRaiseNothing() {
        second(0, 150_000_000, 0);
        for (int at = 1; at < 9; at++) {
            second(at, 50_000_000, 0);
        }
        for (int at = 10; at < 13; at++) {
            monitor.evaluate(SnapshotFeed.snapshot(START.plusSeconds(at),
                    Map.of(Operation.ADD, new OperationSample(4, 0, 1, 1, 150_000_000, 1)), PoolSample.NONE));
        }

        assertEquals(List.of(), monitor.all());
        assertEquals(List.of(), hub.marks());
    }

    @Test
    void aValueJustBelowItsLimitDoesNotEndAnAlert() {
        for (int at = 0; at < 3; at++) {
            second(at, 150_000_000, 0);
        }
        for (int at = 3; at < 20; at++) {
            second(at, 95_000_000, 0);
        }

        assertEquals(List.of(AlertRule.ADD), active());
    }

    @Test
    void oneSecondWithinTheLimitDoesNotEndAnAlert() {
        for (int at = 0; at < 20; at++) {
            second(at, at % 3 == 0 ? 50_000_000 : 150_000_000, 0);
        }

        assertEquals(List.of(AlertRule.ADD), active());
        assertEquals(1, hub.marks().size());
    }

    @Test
    void theLimitItselfRaisesNothing() {
        for (int at = 0; at < 9; at++) {
            second(at, 100_000_000, 1);
        }

        assertEquals(List.of(), active());
    }

    @Test
    void checksTheErrorRate() {
        for (int at = 0; at < 3; at++) {
            second(at, 1, 2);
        }

        assertEquals(List.of(AlertRule.ERROR_RATE), active());
        assertEquals("error rate 2.0 %, limit 1.0 %", monitor.active().getFirst().text());
    }

    @Test
    void checksPoolQueriesAndHeap() {
        limits = new AlertLimits(10_000_000, 100_000_000, 250_000_000, 0.01, 0.05);
        for (int at = 0; at < 3; at++) {
            monitor.evaluate(SnapshotFeed.snapshot(START.plusSeconds(at),
                    Map.of(Operation.QUERY, new OperationSample(10, 0, 1, 1, 300_000_000, 1)),
                    new PoolSample(0, 0, 0, 0, 11_000_000, 0, 0, 10)));
        }

        assertEquals(List.of(AlertRule.CONNECTION_POOL_ACCESS, AlertRule.QUERY, AlertRule.HEAP_USED), active());
        assertTrue(monitor.active().getFirst().active());
    }

    private void journal(int at, boolean degraded, boolean poisoned) {
        monitor.evaluate(SnapshotFeed.journal(START.plusSeconds(at),
                new JournalSample(1_234, 9, 1, 1, 1, degraded, poisoned)));
    }

    @Test
    void aDatabaseThatRefusesWritesIsAnAlertWithItsOwnSentence() {
        for (int at = 0; at < 2; at++) {
            monitor.evaluate(SnapshotFeed.journal(START.plusSeconds(at),
                    new JournalSample(1_234, 9, 1, 1, 1, false, false, 0, true)));
        }

        assertEquals(List.of("database refuses writes, 1,234 rounds wait in the journal"),
                monitor.active().stream().map(Alert::text).toList());
    }

    @Test
    void anUnreachableDatabaseIsAnAlertUntilItReturns() {
        journal(0, true, false);
        journal(1, true, false);
        assertEquals(List.of("database out of reach, 1,234 rounds wait in the journal"),
                monitor.active().stream().map(Alert::text).toList());
        for (int quiet = 2; quiet < 7; quiet++) {
            journal(quiet, false, false);
        }

        assertEquals(List.of(), active());
        assertEquals(START, monitor.all().getFirst().since());
        // The engine adds the marks of its database itself.
        assertEquals(List.of(), hub.marks());
    }

    @Test
    void deadLettersAreAnAlertUntilTheyAreGone() {
        for (int at = 0; at < 10; at++) {
            monitor.evaluate(SnapshotFeed.journal(START.plusSeconds(at),
                    new JournalSample(0, 0, 0, 0, 1, false, false, at < 2 ? 3 : 0)));
            assertEquals(at < 6 ? List.of(AlertRule.DEAD_LETTERS) : List.of(), active(), "after " + at + " s");
        }

        assertEquals(List.of("3 rounds were refused by the database and are dead letters: see 'dead-letters list'"),
                hub.marks().stream().map(EventMark::text).toList());
    }

    @Test
    void aFailedJournalIsAnAlertWithAMark() {
        journal(0, false, true);
        journal(1, false, true);

        assertEquals(List.of(AlertRule.JOURNAL), active());
        assertEquals(List.of("journal failed, nothing is acknowledged from it until a restart"),
                hub.marks().stream().map(EventMark::text).toList());
    }

    @Test
    void appliesAChangedLimit() {
        for (int at = 0; at < 5; at++) {
            second(at, 50_000_000, 0);
        }
        assertFalse(active().contains(AlertRule.ADD));
        limits = new AlertLimits(10_000_000, 40_000_000, 250_000_000, 0.01, 0.9);
        for (int at = 5; at < 8; at++) {
            second(at, 50_000_000, 0);
        }

        assertTrue(active().contains(AlertRule.ADD));
    }

    @Test
    void aProblemOfBackgroundWorkIsAnAlertThatNamesTheLogAndEnds() {
        monitor.background(List.of("metrics-sampler failed."), START, "The log: /tmp/log");
        assertEquals(List.of(AlertRule.BACKGROUND), active());
        assertEquals("metrics-sampler failed. The log: /tmp/log", monitor.active().getFirst().text());

        monitor.background(List.of("a", "b", "c", "d", "e"), START.plusSeconds(1), "Log.");
        assertEquals("a b c And 2 more. Log.", monitor.active().getFirst().text());

        for (int quiet = 2; quiet < 7; quiet++) {
            assertEquals(List.of(AlertRule.BACKGROUND), active());
            monitor.background(List.of(), START.plusSeconds(quiet), "Log.");
        }
        assertEquals(List.of(), active());
        assertEquals("a b c And 2 more. Log.", monitor.all().getFirst().text());
        assertEquals(List.of("metrics-sampler failed."), hub.marks().stream().map(EventMark::text).toList());
    }

    @Test
    void aWarmUpRaisesNothingAndAlertsWaitForSecondsAfterIt() {
        hub.mark(EventMark.Kind.WARMUP, "Load 1: warm-up");
        Instant begin = Instant.now();
        for (int at = 0; at < 10; at++) {
            slow(begin.plusSeconds(at));
        }
        assertEquals(List.of(), monitor.all());
        hub.mark(EventMark.Kind.WARMUP_END, "Load 1: warm-up ended");
        Instant end = Instant.now();

        slow(end.plusMillis(400));
        for (int at = 2; at < 4; at++) {
            slow(end.plusSeconds(at));
        }
        assertEquals(List.of(), monitor.all(), "the second with the end of the warm-up does not count");
        slow(end.plusSeconds(4));

        assertEquals(List.of(AlertRule.ADD), active());
    }

    @Test
    void thePreparationOfALoadRaisesNothingAndALostDatabaseStillDoes() {
        AtomicBoolean preparing = new AtomicBoolean(true);
        PerformanceMonitor other = new PerformanceMonitor(hub, () -> limits, new AlertRules(AlertRules.FIRST),
                preparing::get);
        for (int at = 0; at < 5; at++) {
            other.evaluate(SnapshotFeed.snapshot(START.plusSeconds(at),
                    Map.of(Operation.ADD, new OperationSample(100, 0, 1, 1, 150_000_000, 1)), PoolSample.NONE));
        }
        other.evaluate(SnapshotFeed.journal(START.plusSeconds(5), new JournalSample(1, 9, 1, 1, 1, true, false)));

        assertEquals(List.of(AlertRule.DATABASE), other.all().stream().map(Alert::rule).toList());
    }

    @Test
    void anAlertFromBeforeAWarmUpStaysUntilCountedSecondsEndIt() {
        for (int at = 0; at < 3; at++) {
            slow(START.plusSeconds(at));
        }
        hub.mark(EventMark.Kind.WARMUP, "Load 1: warm-up");
        for (int at = 3; at < 20; at++) {
            second(at, 1, 0);
        }

        assertEquals(List.of(AlertRule.ADD), active());
    }

    private void slow(Instant at) {
        monitor.evaluate(SnapshotFeed.snapshot(at,
                Map.of(Operation.ADD, new OperationSample(100, 0, 1, 1, 150_000_000, 1)), PoolSample.NONE));
    }
}
