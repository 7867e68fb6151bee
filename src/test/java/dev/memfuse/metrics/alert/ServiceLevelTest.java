package dev.memfuse.metrics.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import org.junit.jupiter.api.Test;

/// Burn rates over hours, on a clock of snapshots.
class ServiceLevelTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long GOOD = 50_000_000;
    private static final long BAD = 150_000_000;

    private final ServiceLevel objective = new ServiceLevel("add", "add.p99", 100, 0.99);
    private final PerformanceMonitor monitor = new PerformanceMonitor(new MetricsHub(Clock.systemUTC()),
            () -> new AlertLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1, 1),
            new AlertRules(new AlertRules.Content(Set.of(), Map.of(), List.of(), List.of(objective))), () -> false);
    private int second;

    private void run(int seconds, long p99) {
        for (int left = seconds; left > 0; left--) {
            monitor.evaluate(SnapshotFeed.snapshot(START.plusSeconds(second++),
                    Map.of(Operation.ADD, new OperationSample(100, 0, 1, 1, p99, p99)), PoolSample.NONE));
        }
    }

    private SloStatus status() {
        return monitor.objectives().getFirst();
    }

    @Test
    void theBudgetIsUsedUpByBadSeconds() {
        run(990, GOOD);
        run(5, BAD);
        run(5, GOOD);

        assertEquals(1000, status().seconds());
        assertEquals(0.995, status().good(), 1e-9);
        assertEquals(0.5, status().budgetLeft(), 1e-9);
        assertEquals(5 / 300.0 / 0.01, status().burnFiveMinutes(), 0.1);
        assertEquals("p99 of add at most 100 ms in 99 % of the seconds", objective.describe());
    }

    @Test
    void anAlertIsRaisedByBothWindowsAndEndsWithTheShortOnes() {
        run(3000, GOOD);
        run(150, BAD);
        assertEquals(0, monitor.active().size(), "150 of 3150 seconds: 4.8 times");
        run(60, BAD);
        assertTrue(monitor.active().getFirst().text().endsWith("burns 6.5 times too fast"),
                monitor.active().getFirst().text());
        run(400, BAD);
        assertTrue(monitor.active().getFirst().text().endsWith("burns 16.9 times too fast"),
                monitor.active().getFirst().text());
        run(1_000, GOOD);
        assertEquals(1, monitor.active().size(), "half an hour still burns");
        run(1_000, GOOD);

        assertEquals(0, monitor.active().size());
        assertEquals(1, monitor.all().size());
    }

    @Test
    void aSlowBurnRaisesAnAlertToo() {
        for (int minute = 0; minute < 120; minute++) {
            run(55, GOOD);
            run(5, BAD);
        }

        assertEquals(List.of("add"), monitor.active().stream().map(alert -> alert.rule().id()).toList());
        assertEquals(8.3, status().burnHour(), 0.1);
    }

    @Test
    void fewSecondsProveNothingAndSecondsWithoutSamplesDoNotCount() {
        run(50, BAD);
        assertEquals(0, monitor.all().size());
        for (int idle = 0; idle < 600; idle++) {
            monitor.evaluate(SnapshotFeed.idle(START.plusSeconds(second++)));
        }

        assertEquals(50, status().seconds());
        assertEquals(0, monitor.all().size());
    }

    private void idle(int seconds) {
        for (int left = seconds; left > 0; left--) {
            monitor.evaluate(SnapshotFeed.idle(START.plusSeconds(second++)));
        }
    }

    @Test
    void anAlertEndsAMinuteAfterTheLastCallAndAGoodSecondRaisesNoNewOne() {
        run(70, BAD);
        assertEquals(1, monitor.active().size());
        idle(50);
        assertEquals(1, monitor.active().size(), "a pause of less than a minute");
        idle(25);
        assertEquals(0, monitor.active().size());

        run(20, GOOD);
        assertEquals(0, monitor.active().size(), "the budget is used up, and nothing burns now");
        run(1, BAD);
        assertEquals(1, monitor.active().size());
    }

    @Test
    void theRatesOfTheLastMinutesGoOnWithoutCalls() {
        run(100, BAD);
        idle(310);

        assertEquals(0, status().burnFiveMinutes());
        assertEquals(100, status().burnHour(), 1e-6);
    }

    @Test
    void secondsOlderThanSixHoursAreForgotten() {
        run(100, BAD);
        second += 6 * 3600;
        run(100, GOOD);

        assertEquals(100, status().seconds());
        assertEquals(1, status().good());
    }
}
