package dev.memfuse.metrics.span;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.memfuse.metrics.MetricsHistory;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SampleSlices;
import dev.memfuse.metrics.SliceGauge;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.slice.LatencySlice;
import org.junit.jupiter.api.Test;

/// Spans of known figures: ten seconds with fast calls, then ten seconds in which two of a hundred are slow.
class SpanComparisonTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final TimeSpan SECOND_HALF = new TimeSpan(START.plusSeconds(10), START.plusSeconds(20));

    private final MetricsHistory history = new MetricsHistory();

    private void publish() {
        for (int second = 0; second < 20; second++) {
            boolean slow = second >= 10;
            // The slow calls are all in the even seconds: the mean of the p99 of all seconds would be 45 ms.
            LatencySlice adds = slow && second % 2 == 0
                    ? LatencySlice.merge(List.of(SampleSlices.times(96, 1), SampleSlices.times(4, 89)))
                    : SampleSlices.times(100, 1);
            LatencySlice scheduled = slow ? SampleSlices.times(100, 200) : LatencySlice.NONE;
            history.add(SampleSlices.at(START.plusSeconds(second)).calls(Operation.ADD, adds, scheduled, slow ? 3 : 0)
                    .calls(Operation.QUERY, 50, slow ? 8 : 4, 0).calls(Operation.FLUSH, 7, 100, 0)
                    .stage(Stage.SQL, slow ? 300 : 150).stage(Stage.EMBED, 75)
                    .gauge(SliceGauge.ACTIVE, slow ? new double[]{10, 30} : new double[]{5, 7})
                    .gauge(SliceGauge.WAITING, slow ? 12 : 0)
                    .work(Work.STATEMENTS, slow ? 600 : 300).work(Work.ROUND_TRIPS, 150)
                    .leases(SampleSlices.times(150, slow ? 20 : 0.01), SampleSlices.times(150, 2), slow ? 1 : 0)
                    .second());
        }
    }

    private SpanRow row(SpanRow.Group group, String name, Optional<Operation> operation) {
        return SpanComparison.of(history, SECOND_HALF).rows(operation).stream()
                .filter(row -> row.group() == group && row.name().equals(name)).findFirst().orElseThrow();
    }

    private void assertRow(SpanRow row, double selected, double before) {
        assertNear(selected, row.selected(), row.name());
        assertNear(before, row.before(), row.name() + " before");
    }

    private static void assertNear(double expected, double value, String what) {
        assertEquals(expected, value, Double.isNaN(expected) ? 1 : 0.011 * Math.abs(expected) + 1e-9, what);
    }

    @Test
    void countsAndRatesAreThoseOfTheMeasuredTime() {
        publish();

        assertRow(row(SpanRow.Group.CALLS, "count", Optional.of(Operation.ADD)), 1_000, 1_000);
        assertRow(row(SpanRow.Group.CALLS, "throughput", Optional.of(Operation.ADD)), 100, 100);
        assertRow(row(SpanRow.Group.CALLS, "count", Optional.empty()), 1_500, 1_500);
        assertRow(row(SpanRow.Group.CALLS, "throughput", Optional.empty()), 150, 150);
        assertRow(row(SpanRow.Group.CALLS, "errors", Optional.of(Operation.ADD)), 30, 0);
    }

    @Test
    void percentilesAreThoseOfTheMergedDistributions() {
        publish();

        // 20 of 1,000 adds take 89 ms: 98 % are fast, p99 is slow.
        assertRow(row(SpanRow.Group.CALLS, "p50", Optional.of(Operation.ADD)), 1, 1);
        assertRow(row(SpanRow.Group.CALLS, "p90", Optional.of(Operation.ADD)), 1, 1);
        assertRow(row(SpanRow.Group.CALLS, "p99", Optional.of(Operation.ADD)), 89, 1);
        assertRow(row(SpanRow.Group.CALLS, "max", Optional.of(Operation.ADD)), 89, 1);
        assertTrue(row(SpanRow.Group.CALLS, "p99", Optional.of(Operation.ADD)).selectedRough(), "1,000 are few");
        assertFalse(row(SpanRow.Group.CALLS, "p50", Optional.of(Operation.ADD)).selectedRough());
        // Of all calls: 980 of 1 ms, 500 of 8 ms, 20 of 89 ms.
        assertRow(row(SpanRow.Group.CALLS, "p90", Optional.empty()), 8, 4);
        assertRow(row(SpanRow.Group.CALLS, "p99", Optional.empty()), 89, 4);
    }

    @Test
    void latencyFromTheScheduleStandsBesideTheObservedOne() {
        publish();

        assertRow(row(SpanRow.Group.CALLS, "p50 scheduled", Optional.of(Operation.ADD)), 200, Double.NaN);
        assertTrue(SpanComparison.of(history, SECOND_HALF).rows(Optional.of(Operation.QUERY)).stream()
                .noneMatch(row -> row.name().contains("scheduled")), "of queries nothing is scheduled");
    }

    @Test
    void stagesAndStatementsAreForEachCall() {
        publish();

        assertRow(row(SpanRow.Group.STAGES, "sql", Optional.empty()), 2, 1);
        assertRow(row(SpanRow.Group.STAGES, "embed", Optional.empty()), 0.5, 0.5);
        assertRow(row(SpanRow.Group.STATEMENTS, "statements", Optional.empty()), 600, 300);
        assertRow(row(SpanRow.Group.STATEMENTS, "statements/call", Optional.empty()), 4, 2);
        assertRow(row(SpanRow.Group.STATEMENTS, "round trips/call", Optional.empty()), 1, 1);
        assertTrue(SpanComparison.of(history, SECOND_HALF).rows(Optional.empty()).stream()
                .noneMatch(row -> row.name().equals("llm")), "a stage without time has no row");
    }

    @Test
    void thePoolHasMeansMaximaAndTimes() {
        publish();

        assertRow(row(SpanRow.Group.POOL, "in use, mean", Optional.empty()), 20, 6);
        assertRow(row(SpanRow.Group.POOL, "in use, max", Optional.empty()), 30, 7);
        assertRow(row(SpanRow.Group.POOL, "waiting, max", Optional.empty()), 12, 0);
        assertRow(row(SpanRow.Group.POOL, "wait p99", Optional.empty()), 20, 0.01);
        assertRow(row(SpanRow.Group.POOL, "time-outs", Optional.empty()), 10, 0);
    }

    @Test
    void aChangeIsRelativeAndMissingWhereNothingCanBeSaid() {
        publish();

        assertEquals(1, row(SpanRow.Group.STAGES, "sql", Optional.empty()).change().orElseThrow(), 0.001);
        assertEquals(OptionalDouble.empty(),
                row(SpanRow.Group.CALLS, "errors", Optional.of(Operation.ADD)).change(), "from 0");
    }

    @Test
    void aSpanWithoutMeasurementsHasNoFiguresInsteadOfZeros() {
        publish();

        SpanComparison first = SpanComparison.of(history, new TimeSpan(START, START.plusSeconds(10)));

        assertTrue(first.selected().measured());
        assertFalse(first.before().measured());
        assertTrue(first.rows(Optional.empty()).stream().allMatch(row -> Double.isNaN(row.before())));
    }
}
