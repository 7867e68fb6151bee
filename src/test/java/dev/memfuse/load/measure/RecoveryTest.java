package dev.memfuse.load.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadResult.FaultResult;
import dev.memfuse.metrics.EventMark;
import org.junit.jupiter.api.Test;

/// A run with known seconds: 20 good ones, a fault from 20 s to 25 s, and a slow return.
class RecoveryTest {
    private static final Instant START = Instant.parse("2026-11-27T00:00:00Z");

    private final List<Point> points = new ArrayList<>();
    private final List<BacklogWatch.Sample> backlog = new ArrayList<>();

    private void second(long count, double errors, double dropped, double p50, long waiting) {
        int number = points.size() + 1;
        points.add(new Point(number, START.plusSeconds(number), false, count, count, errors, dropped, p50, p50, p50,
                p50, 1, 0, 10));
        backlog.add(new BacklogWatch.Sample(START.plusSeconds(number), waiting));
    }

    private void seconds(int times, long count, double p50, long waiting) {
        for (int i = 0; i < times; i++) {
            second(count, 0, 0, p50, waiting);
        }
    }

    private static EventMark mark(double second, EventMark.Kind kind, String text) {
        return new EventMark(START.plusMillis(Math.round(second * 1000)), kind, text);
    }

    private static List<EventMark> hole() {
        return List.of(mark(20, EventMark.Kind.FAULT, "Fault: black hole"),
                mark(25, EventMark.Kind.FAULT_END, "Fault ended: black hole"));
    }

    private List<FaultResult> results(List<EventMark> marks) {
        return new Recovery(points, backlog, START).of(marks);
    }

    @Test
    void theFirstGoodSecondIsWholeFreeOfErrorsFastAndAsUsual() {
        seconds(20, 100, 2, 3);
        seconds(5, 0, 0, 500);
        second(500, 0, 0, 900, 400);
        second(100, 1, 0, 2, 300);
        second(100, 0, 5, 2, 200);
        second(80, 0, 0, 2, 3);
        second(95, 0, 0, 3, 3);

        assertEquals(List.of(new FaultResult("black hole", 20, 5.0, 4.0, 4.0)), results(hole()));
    }

    @Test
    void withoutAGoodSecondAndWithABacklogTheRunHasNotRecovered() {
        seconds(20, 100, 2, 3);
        seconds(10, 100, 50, 4);

        assertEquals(List.of(new FaultResult("black hole", 20, 5.0, null, null)), results(hole()));
    }

    @Test
    void aFaultThatLastsToTheEndHasNoRecovery() {
        seconds(30, 100, 2, 0);

        assertEquals(List.of(new FaultResult("black hole", 20, null, null, null)),
                results(hole().subList(0, 1)));
    }

    @Test
    void faultsThatOverlapHaveTheirOwnEnds() {
        seconds(40, 100, 2, 0);
        List<EventMark> marks = List.of(mark(20, EventMark.Kind.FAULT, "Fault: black hole"),
                mark(21, EventMark.Kind.FAULT, "Fault: connections reset"),
                mark(21, EventMark.Kind.FAULT_END, "Fault ended: connections reset"),
                mark(30, EventMark.Kind.FAULT_END, "Fault ended: black hole"));

        assertEquals(List.of(new FaultResult("black hole", 20, 10.0, 0.0, 0.0),
                new FaultResult("connections reset", 21, 0.0, 0.0, 0.0)), results(marks));
    }

    @Test
    void aRunWithoutFaultsHasNoResults() {
        seconds(5, 100, 2, 0);
        assertEquals(List.of(), results(List.of(mark(1, EventMark.Kind.CHANGE, "postgres.pool_size"))));
    }
}
