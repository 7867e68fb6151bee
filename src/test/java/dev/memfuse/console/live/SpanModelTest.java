package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.live.SpanTexts.Row;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SampleSlices;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.span.TimeSpan;
import org.junit.jupiter.api.Test;

class SpanModelTest {
    /// End of the history; marks are 100, 48 and 31 seconds before.
    private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");

    private final MetricsHub hub = LiveHistory.hub(END);
    private final TimeWindow window = new TimeWindow(Duration.ofMinutes(2), END.toEpochMilli());
    private final List<String> informed = new ArrayList<>();
    private final List<TimeSpan> recorded = new ArrayList<>();
    private final List<String> warned = new ArrayList<>();
    private final SpanModel model = new SpanModel(hub, window, new DirectTaskRunner(), this::record, informed::add,
            warned::add);
    private String refusal = "";

    private Manifest record(TimeSpan span) {
        if (!refusal.isEmpty()) {
            throw new RecordingException(refusal);
        }
        recorded.add(span);
        return new Manifest(1, "20260301-121000-observation", RecordingKind.OBSERVATION, "Observation", "", List.of(),
                false,
                span.from(), span.to(), "1", 0, "observed", "5 calls.", List.of(), Map.of());
    }

    @Test
    void theSelectedTimeIsRecordedOrWhatTheChartsShow() {
        publish();

        model.record();
        window.select(at(-40), at(-20));
        model.record();

        assertEquals(List.of(new TimeSpan(END.minusSeconds(120), END),
                new TimeSpan(END.minusSeconds(40), END.minusSeconds(20))), recorded);
        assertTrue(informed.getLast().startsWith("Recorded as 20260301-121000-observation: 5 calls."),
                informed.getLast());
        assertFalse(model.recordingProperty().get());
    }

    @Test
    void whyATimeIsNotRecordedIsSaidAndItCanBeTriedAgain() {
        publish();
        refusal = "The disk is full.";

        model.record();
        // Good news leaves by itself after some seconds; this stays.
        assertEquals(List.of("The span was not recorded. The disk is full."), warned);
        assertEquals(List.of(), informed);
        refusal = "";
        model.record();

        assertEquals(1, recorded.size());
    }

    private static long at(int second) {
        return END.plusSeconds(second).toEpochMilli();
    }

    /// Publishes 110 s of 100 adds a second, which take 1 ms and, from 48 s before the end on, 2 ms.
    private void publish() {
        for (int second = -110; second < 0; second++) {
            SnapshotFeed.slice(hub, SampleSlices.at(END.plusSeconds(second))
                    .calls(Operation.ADD, 100, second < -48 ? 1 : 2, 0).calls(Operation.LIST, 10, 5, 0)
                    .stage(Stage.SQL, 110).second());
        }
        SnapshotFeed.publish(hub, SnapshotFeed.idle(END));
    }

    private Row row(String name) {
        return model.blocksProperty().get().stream().flatMap(block -> block.rows().stream())
                .filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void withoutASelectionThereAreNoFigures() {
        publish();

        assertEquals(List.of(), model.blocksProperty().get());
        assertEquals("", model.titleProperty().get());
    }

    @Test
    void aSelectionShowsItsFiguresBesideTheSpanBeforeAndTheChange() {
        publish();

        window.select(at(-40), at(-20));
        model.operationProperty().set(Optional.of(Operation.ADD));

        assertEquals(new Row("count", "2,000", "2,000", "+0.0 %"), row("count"));
        assertEquals(new Row("throughput, /s", "100", "100", "+0.0 %"), row("throughput, /s"));
        Row p50 = row("p50, ms");
        assertTrue(p50.selected().startsWith("2.0") || p50.selected().startsWith("1.99"), p50.toString());
        assertTrue(p50.before().startsWith("1.0") || p50.before().startsWith("0.99"), p50.toString());
        assertTrue(p50.change().matches("\\+(99|100|101) %"), "8 of the 20 s before were slow already: " + p50);
        assertEquals("~", row("p99, ms").change().substring(0, 1), "2,000 are few for p99");
        assertEquals("1.00", row("sql").selected());
        assertTrue(model.titleProperty().get().matches("\\d\\d:09:20 to \\d\\d:09:40, 20.0 s"),
                model.titleProperty().get());
        assertTrue(model.besideProperty().get().matches("Before: \\d\\d:09:00 to \\d\\d:09:20"),
                model.besideProperty().get());
        assertEquals("", model.noteProperty().get());
    }

    @Test
    void theCallsOfOneOperationOrOfAllAreShown() {
        publish();
        window.select(at(-40), at(-20));

        assertEquals("2,200", row("count").selected());
        model.operationProperty().set(Optional.of(Operation.LIST));
        assertEquals("200", row("count").selected());
        assertEquals("Calls of list", model.blocksProperty().get().getFirst().title());
    }

    @Test
    void clearingRemovesTheFigures() {
        publish();
        window.select(at(-40), at(-20));

        model.clear();

        assertEquals(List.of(), model.blocksProperty().get());
        assertEquals("", model.titleProperty().get());
    }

    @Test
    void saysWhatWasNotMeasured() {
        publish();

        window.select(at(-100), at(-60));
        assertEquals("Only 10.0 s of the span before were measured.", model.noteProperty().get());
        window.select(at(-110), at(-60));
        assertEquals("Nothing was measured in the span before.", model.noteProperty().get());
        window.select(at(-300), at(-200));
        assertTrue(model.noteProperty().get().startsWith("Nothing was measured in this span."),
                model.noteProperty().get());
        assertEquals("–", row("count").selected());
    }

    @Test
    void aMarkOpensItsBeforeAndAfter() {
        publish();

        model.beforeAndAfter(END.minusSeconds(45));

        // The change of 48 s before the end; the mark before it is 52 s earlier.
        assertEquals(new Span(at(-48), at(0)), window.selectionProperty().get());
        model.operationProperty().set(Optional.of(Operation.ADD));
        assertTrue(row("p50, ms").change().matches("\\+(99|100|101) %"), row("p50, ms").toString());
    }

    @Test
    void theNewestChangeOpensItsBeforeAndAfterThoughALoadEndedAndAnAlertWasRaisedSince() {
        publish();
        hub.mark(EventMark.Kind.LOAD, "Load ended");

        model.beforeAndAfterChange();

        assertEquals(new Span(at(-48), at(0)), window.selectionProperty().get());
    }

    @Test
    void withoutAChangeThereIsNoBeforeAndAfterOfOne() {
        MetricsHub quiet = new MetricsHub(Clock.systemUTC());

        new SpanModel(quiet, window, new DirectTaskRunner(), this::record, informed::add, warned::add)
                .beforeAndAfterChange();

        assertEquals(List.of("No setting was changed yet."), informed);
    }

    @Test
    void fromMarkToMarkSelectsBetweenTheMarksAroundAMoment() {
        publish();

        model.fromMarkToMark(END.minusSeconds(60));

        assertEquals(new Span(at(-100), at(-48)), window.selectionProperty().get());
        assertEquals(List.of(), informed);
        model.fromMarkToMark(END.minusSeconds(600));
        assertEquals(1, informed.size());
    }

    @Test
    void theFiguresOfASelectionThatReachesIntoNowGrow() {
        publish();
        window.select(at(-10), at(20));
        assertEquals("1,100", row("count").selected());

        SnapshotFeed.slice(hub, SampleSlices.at(END).calls(Operation.ADD, 7, 1, 0).second());
        SnapshotFeed.publish(hub, SnapshotFeed.idle(END.plusSeconds(1)));
        model.refresh();

        assertEquals("1,107", row("count").selected());
    }

    @Test
    void theTableForOtherProgramsHasAllFigures() {
        publish();
        window.select(at(-40), at(-20));

        List<String> lines = model.table().lines().toList();

        assertEquals("figure\tselected\tbefore\tchange", lines.get(1));
        assertTrue(lines.contains("Calls: count\t2,200\t2,200\t+0.0 %"), lines.toString());
        assertTrue(lines.stream().skip(1).allMatch(line -> line.split("\t", -1).length == 4), lines.toString());
    }

    @Test
    void changesAreShortAndSigned() {
        assertEquals("+12 %", SpanTexts.change(OptionalDouble.of(0.12)));
        assertEquals("-3.4 %", SpanTexts.change(OptionalDouble.of(-0.034)));
        assertEquals("×11", SpanTexts.change(OptionalDouble.of(10)));
        assertEquals("+0.0 %", SpanTexts.change(OptionalDouble.of(-0.0001)));
        assertEquals("–", SpanTexts.change(OptionalDouble.empty()));
    }
}
