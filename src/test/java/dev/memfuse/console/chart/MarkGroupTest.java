package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.EventMark.Kind;
import org.junit.jupiter.api.Test;

class MarkGroupTest {
    private static final Duration NEAR = Duration.ofSeconds(3);

    private static EventMark mark(long second, Kind kind, String text, String group) {
        return new EventMark(at(second), kind, text, group);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private static List<MarkGroup> of(EventMark... marks) {
        return MarkGroup.of(List.of(marks), NEAR, at(1_000));
    }

    @Test
    void anAlertIsOneMarkFromItsBeginToItsEnd() {
        assertEquals(List.of(new MarkGroup(Kind.ALERT, at(10), at(40), 1, "p99 of add 80 ms")),
                of(mark(10, Kind.ALERT, "p99 of add 80 ms", "p99 of add"),
                        mark(40, Kind.ALERT_END, "p99 of add is back", "p99 of add")));
    }

    @Test
    void anAlertThatLastsReachesTheNewestSample() {
        assertEquals(at(1_000), of(mark(10, Kind.ALERT, "p99 of add 80 ms", "p99 of add")).getFirst().to());
    }

    @Test
    void anAlertWithoutAnEndIsAPointInTime() {
        assertEquals(at(10), of(mark(10, Kind.ALERT, "The journal failed", "")).getFirst().to());
    }

    @Test
    void repetitionsOfOneRuleAreOneMarkUnlessTheyStandApart() {
        List<MarkGroup> groups = of(mark(10, Kind.ALERT, "a1", "a"), mark(11, Kind.ALERT, "b1", "b"),
                mark(12, Kind.ALERT_END, "a is back", "a"), mark(14, Kind.ALERT, "a2", "a"),
                mark(20, Kind.ALERT_END, "a is back", "a"), mark(30, Kind.ALERT, "a3", "a"));

        assertEquals(List.of(at(10), at(11), at(30)), groups.stream().map(MarkGroup::from).toList());
        assertEquals(List.of(2, 1, 1), groups.stream().map(MarkGroup::count).toList());
        assertEquals(at(20), groups.getFirst().to());
    }

    @Test
    void oneGestureIsOneMarkWithItsLastText() {
        EventMark[] drag = IntStream.range(0, 40)
                .mapToObj(i -> mark(10 + i / 20, Kind.LOAD, "Load 1, load: " + i, "Load 1 rate"))
                .toArray(EventMark[]::new);

        List<MarkGroup> groups = of(drag);

        assertEquals(1, groups.size());
        assertEquals(true, groups.getFirst().text().startsWith("Load 1, load: 39 (40 times since "),
                groups.getFirst().text());
    }

    @Test
    void marksWithoutAGroupStandAlone() {
        assertEquals(3, of(mark(10, Kind.CHANGE, "a", ""), mark(10, Kind.CHANGE, "a", ""),
                mark(11, Kind.LOAD, "Load 1 ends", "")).size());
    }

    @Test
    void anEndWhoseBeginIsForgottenStandsAlone() {
        assertEquals(List.of(new MarkGroup(Kind.ALERT_END, at(40), at(40), 1, "a is back")),
                of(mark(40, Kind.ALERT_END, "a is back", "a")));
    }

    @Test
    void amongTooManyMarksTheNotesStayAndTheOthersAreTheNewest() {
        List<EventMark> marks = IntStream.range(0, 50).mapToObj(second -> mark(second,
                second % 20 == 0 ? Kind.NOTE : Kind.CHANGE, "mark " + second, "")).toList();
        List<MarkGroup> groups = MarkGroup.of(marks, NEAR, at(1_000));

        assertEquals(List.of("mark 0", "mark 20", "mark 40", "mark 48", "mark 49"),
                MarkGroup.newest(groups, 5).stream().map(MarkGroup::text).toList());
        assertEquals(List.of("mark 40"), MarkGroup.newest(groups, 1).stream().map(MarkGroup::text).toList());
        assertEquals(groups, MarkGroup.newest(groups, 50));
    }

    private static List<MarkGroup> merged(EventMark... marks) {
        return MarkGroup.merged(of(marks), NEAR);
    }

    @Test
    void marksOfOneKindInOnePlaceAreOneWithTheirNumberAndTheLastText() {
        EventMark[] switches = IntStream.range(0, 100).mapToObj(i -> mark(10 + i, Kind.CHANGE,
                "buffer.bypass_mode: " + (i % 2 == 0 ? "false → true" : "true → false"), "")).toArray(EventMark[]::new);

        List<MarkGroup> groups = merged(switches);

        assertEquals(34, groups.size());
        assertEquals(100, groups.stream().mapToInt(MarkGroup::count).sum());
        assertEquals(at(10), groups.getFirst().from());
        assertEquals(at(12), groups.getFirst().to());
        assertEquals(true, groups.getFirst().text().matches(
                "3 marks since [\\d:]+, the last: buffer.bypass_mode: false → true"), groups.getFirst().text());
        assertEquals("3 marks, the last: bypass on", MarkText.shortOf(groups.getFirst().text()));
    }

    @Test
    void marksOfDifferentKindsNotesAndWhatLastsStayApart() {
        assertEquals(6, merged(mark(10, Kind.CHANGE, "a", ""), mark(10, Kind.LOAD, "b", ""),
                mark(10, Kind.NOTE, "c", ""), mark(11, Kind.NOTE, "d", ""), mark(11, Kind.FAULT, "e", "e"),
                mark(11, Kind.FAULT, "f", "f")).size());
    }
}
