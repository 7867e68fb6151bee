package dev.memfuse.metrics.span;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.EventMark.Kind;
import org.junit.jupiter.api.Test;

class MarkSpansTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static EventMark mark(int second, Kind kind) {
        return new EventMark(at(second), kind, "mark");
    }

    private static Optional<TimeSpan> after(int mark, int end, EventMark... marks) {
        return MarkSpans.after(at(mark), List.of(marks), START, at(end));
    }

    private static TimeSpan span(int from, int to) {
        return new TimeSpan(at(from), at(to));
    }

    @Test
    void bothSidesOfAMarkReachToItsNearerNeighbour() {
        EventMark[] marks = {mark(10, Kind.LOAD), mark(40, Kind.CHANGE), mark(60, Kind.CHANGE)};

        assertEquals(Optional.of(span(40, 60)), after(40, 300, marks));
        assertEquals(span(20, 40), after(40, 300, marks).orElseThrow().before());
        assertEquals(Optional.of(span(60, 80)), after(60, 300, marks), "not beyond the change before");
    }

    @Test
    void theHistoryBoundsThemToo() {
        assertEquals(Optional.of(span(40, 50)), after(40, 50, mark(40, Kind.CHANGE)));
        assertEquals(Optional.of(span(5, 10)), after(5, 300, mark(5, Kind.CHANGE)));
        assertEquals(Optional.of(span(200, 260)), after(200, 900, mark(200, Kind.CHANGE)), "at most a minute");
        assertEquals(Optional.empty(), after(1, 300, mark(1, Kind.CHANGE)), "a second before is too little");
    }

    @Test
    void alertsAndMarksOfTheSameMomentBoundNothing() {
        assertEquals(Optional.of(span(40, 80)), after(40, 80, mark(30, Kind.ALERT), mark(39, Kind.LOAD),
                mark(40, Kind.CHANGE), mark(41, Kind.CHANGE), mark(50, Kind.ALERT_END)));
    }

    @Test
    void aNoteIsNoConditionButItsMomentCanBeComparedAndBoundsASpanFromMarkToMark() {
        List<EventMark> marks = List.of(mark(20, Kind.NOTE), mark(40, Kind.CHANGE), mark(60, Kind.NOTE));

        assertEquals(Optional.of(span(40, 80)), MarkSpans.after(at(40), marks, START, at(90)));
        assertEquals(Optional.of(span(20, 40)), MarkSpans.after(at(20), marks, START, at(90)));
        assertEquals(Optional.of(span(20, 40)), MarkSpans.between(at(30), marks, START, at(90)));
    }

    @Test
    void fromMarkToMarkIsTheSpanAroundAMoment() {
        List<EventMark> marks = List.of(mark(10, Kind.LOAD), mark(40, Kind.CHANGE), mark(45, Kind.ALERT));

        assertEquals(Optional.of(span(10, 40)), MarkSpans.between(at(20), marks, START, at(90)));
        assertEquals(Optional.of(span(40, 90)), MarkSpans.between(at(40), marks, START, at(90)));
        assertEquals(Optional.of(span(0, 10)), MarkSpans.between(at(3), marks, START, at(90)));
        assertEquals(Optional.empty(), MarkSpans.between(at(99), marks, START, at(90)));
    }
}
