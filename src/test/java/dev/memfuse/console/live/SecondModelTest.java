package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import javafx.beans.property.SimpleBooleanProperty;

import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.live.SecondModel.Shown;
import dev.memfuse.console.live.SecondModel.Slow;
import dev.memfuse.console.live.SpanTexts.Row;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SampleSlices;
import dev.memfuse.metrics.SliceGauge;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.slice.LatencySlice;
import dev.memfuse.metrics.span.SpanRow.Group;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SecondModelTest {
    private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");

    private final MetricsHub hub = new MetricsHub(Clock.fixed(END, ZoneOffset.UTC));
    private final TimeWindow window = new TimeWindow(Duration.ofMinutes(2), END.toEpochMilli());
    private final SimpleBooleanProperty paused = new SimpleBooleanProperty();
    private boolean running = true;
    private final SecondModel model = new SecondModel(hub.slices(), window, paused, () -> running,
            new DirectTaskRunner());

    private static LatencySlice times(double... millis) {
        Histogram histogram = new Histogram(3);
        for (double time : millis) {
            histogram.recordValue(Math.round(time * 1e6));
        }
        return LatencySlice.of(histogram);
    }

    private static Instant at(int second) {
        return END.plusSeconds(second);
    }

    private void busy(int second, double slowest) {
        SnapshotFeed.slice(hub, SampleSlices.at(at(second)).calls(Operation.ADD, times(1, 1, slowest),
                LatencySlice.NONE, 0).calls(Operation.QUERY, times(4), LatencySlice.NONE, 0)
                .stage(Stage.SQL, 8).stage(Stage.ACQUIRE, 2)
                .gauge(SliceGauge.ACTIVE, 3, 7).work(Work.STATEMENTS, 8).work(Work.ROWS, 40)
                .work(Work.ROUND_TRIPS, 4).leases(times(2), times(3), 0).second());
    }

    private void idle(int second) {
        SnapshotFeed.slice(hub, SampleSlices.at(at(second)).second());
    }

    private void point(int second, int millis) {
        window.cursor(at(second).plusMillis(millis).toEpochMilli());
    }

    private Shown shown() {
        return model.shownProperty().get();
    }

    private static String span(int from, int to) {
        return Formats.timeOfDay(at(from)) + " to " + Formats.timeOfDay(at(to));
    }

    private String value(Group group, String name) {
        return shown().groups().getOrDefault(group, List.of()).stream().filter(row -> row.name().startsWith(name))
                .map(Row::selected).findFirst().orElse("absent");
    }

    @Test
    void theSecondUnderTheCrossHairHasItsOperationsStagesStatementsAndWaits() {
        busy(-4, 50);
        busy(-3, 9);
        busy(-2, 30);
        model.openProperty().set(true);
        point(-3, 400);

        assertEquals(span(-3, -2), shown().title());
        assertEquals("", shown().note());
        assertEquals(List.of(new Slow("add", "3", "1.00", "9.00"), new Slow("query", "1", "4.00", "4.00")),
                shown().slowest());
        assertEquals("2.00", value(Group.STAGES, "sql"));
        assertEquals("2", value(Group.STATEMENTS, "statements/call"));
        assertEquals("10", value(Group.STATEMENTS, "rows/call"));
        assertEquals("1", value(Group.STATEMENTS, "round trips/call"));
        assertTrue(value(Group.POOL, "wait p99").startsWith("~"), value(Group.POOL, "wait p99"));
    }

    @Test
    void withoutACrossHairItIsTheNewestSecond() {
        busy(-3, 9);
        model.openProperty().set(true);
        assertEquals(span(-3, -2), shown().title());

        busy(-2, 30);
        model.refresh();
        assertEquals(span(-2, -1), shown().title());
        point(-3, 0);
        assertEquals(span(-3, -2), shown().title());
        window.cursor(TimeWindow.NO_CURSOR);
        assertEquals(span(-2, -1), shown().title());
    }

    @Test
    void theOperationWithTheSlowestCallIsFirst() {
        busy(-2, 2);
        model.openProperty().set(true);

        assertEquals(List.of("query", "add"), shown().slowest().stream().map(Slow::operation).toList());
    }

    @Test
    void aMomentWhoseSecondHasNotEndedShowsTheNewestOne() {
        busy(-2, 9);
        model.openProperty().set(true);
        point(-1, 700);

        assertEquals(span(-2, -1), shown().title());
    }

    @Test
    void aSecondWithoutCallsSaysSoAndWhetherTheEngineRuns() {
        idle(-2);
        model.openProperty().set(true);
        assertEquals("Nobody called the engine in this second.", shown().note());
        assertEquals(List.of(), shown().slowest());
        assertEquals("–", value(Group.STATEMENTS, "rows/call"));

        running = false;
        model.refresh();
        assertEquals("The engine is not running.", shown().note());
        point(-2, 0);
        assertEquals("Nobody called the engine in this second.", shown().note(), "whether it ran then is not known");
    }

    @Test
    void whatWasNotMeasuredIsSaid() {
        model.openProperty().set(true);
        assertEquals("Nothing is measured yet.", shown().note());

        busy(-100, 9);
        busy(-2, 9);
        point(-50, 0);
        assertTrue(shown().note().startsWith("Nothing was measured at this moment"), shown().note());
        assertEquals(List.of(), shown().slowest());
        assertTrue(shown().groups().isEmpty());
    }

    @Test
    void anOlderMomentShowsTheTenSecondsThatAreKeptAndSaysSo() {
        for (int second = -700; second < 0; second++) {
            busy(second, 9);
        }
        model.openProperty().set(true);
        point(-695, 0);

        assertEquals(span(-700, -690), shown().title());
        assertTrue(shown().note().startsWith("Single seconds are kept for ten minutes"), shown().note());
        assertEquals("30", shown().slowest().getFirst().calls());
    }

    @Test
    void pausedChartsShowTheNewestSecondOfTheirTime() {
        busy(-2, 9);
        model.openProperty().set(true);
        window.newest(at(-1).toEpochMilli());
        paused.set(true);
        for (int second = 0; second < 20; second++) {
            busy(second, 30);
        }
        model.refresh();

        assertEquals(span(0, 1), shown().title(), "the window ends there");
        assertTrue(shown().note().contains("The charts are paused"), shown().note());
        paused.set(false);
        assertEquals(span(19, 20), shown().title());
        assertEquals("", shown().note());
    }

    @Test
    void nothingIsComputedWhileItIsClosed() {
        busy(-2, 9);
        point(-2, 0);
        model.refresh();

        assertEquals(Shown.NONE, shown());
    }
}
