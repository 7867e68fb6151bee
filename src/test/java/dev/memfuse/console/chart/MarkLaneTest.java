package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.metrics.EventMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class MarkLaneTest {
    private static final double WIDTH = 800;

    private final TimeWindow window = OnFx.get(ChartFixture::window);
    private final MarkLane lane = OnFx.get(() -> new MarkLane(window));
    private final List<Instant> acted = new ArrayList<>();
    private final Stage stage = OnFx.get(() -> {
        Stage shown = new Stage();
        shown.setScene(new Scene(new StackPane(lane), WIDTH, 60));
        shown.show();
        return shown;
    });

    @BeforeEach
    void listen() {
        OnFx.run(() -> lane.onMark(acted::add));
    }

    @AfterEach
    void close() {
        OnFx.run(stage::close);
    }

    private Instant at(double share) {
        var span = window.span();
        return Instant.ofEpochMilli(span.from() + Math.round(share * span.length()));
    }

    private void marks(EventMark... marks) {
        OnFx.run(() -> lane.marks(List.of(marks)));
    }

    private EventMark mark(double share, EventMark.Kind kind, String text) {
        return new EventMark(OnFx.get(() -> at(share)), kind, text);
    }

    private void mouse(EventType<MouseEvent> type, double share) {
        mouse(type, share, 1);
    }

    private void mouse(EventType<MouseEvent> type, double share, int clicks) {
        OnFx.run(
                () -> lane.fireEvent(
                        new MouseEvent(type, share * WIDTH, 10, 0, 0, MouseButton.PRIMARY, clicks, false, false,
                                false, false, true, false, false, false, false, true, null)));
    }

    private void key(KeyCode code) {
        OnFx.run(() -> lane.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
    }

    private boolean isShown(String style) {
        return OnFx.get(() -> lane.lookupAll(style).stream().anyMatch(Node::isVisible));
    }

    @Test
    void aClickOnAMarkActsOnItAndAClickBesideOnNothing() {
        EventMark change = mark(0.25, EventMark.Kind.CHANGE, "postgres.pool_size: 20 → 30");
        marks(change, mark(0.75, EventMark.Kind.LOAD, "Load started"));

        mouse(MouseEvent.MOUSE_CLICKED, 0.5);
        assertEquals(List.of(), acted);
        mouse(MouseEvent.MOUSE_CLICKED, 0.25);
        assertEquals(List.of(change.at()), acted);
    }

    @Test
    void theKeyboardChoosesAMarkAndActsOnIt() {
        EventMark first = mark(0.25, EventMark.Kind.CHANGE, "postgres.pool_size: 20 → 30");
        EventMark second = mark(0.75, EventMark.Kind.LOAD, "Load started");
        marks(first, second);
        OnFx.run(lane::requestFocus);

        key(KeyCode.ENTER);
        assertEquals(List.of(), acted, "nothing is chosen yet");
        key(KeyCode.LEFT);
        assertTrue(OnFx.get(lane::getAccessibleText).endsWith("Load started"));
        key(KeyCode.LEFT);
        key(KeyCode.LEFT);
        assertTrue(OnFx.get(lane::getAccessibleText).endsWith("postgres.pool_size: 20 → 30"));
        assertEquals(first.at().toEpochMilli(), OnFx.get(() -> window.cursorProperty().get()));
        key(KeyCode.ENTER);

        assertEquals(List.of(first.at()), acted);
        assertTrue(isShown(".mark-lane-chosen"));
    }

    private long cursor() {
        return OnFx.get(() -> window.cursorProperty().get());
    }

    private void chooseTheMark() {
        OnFx.run(lane::requestFocus);
        key(KeyCode.LEFT);
        assertTrue(cursor() != TimeWindow.NO_CURSOR);
    }

    @Test
    void theCrosshairOfAChoiceEndsWithEscape() {
        marks(mark(0.25, EventMark.Kind.LOAD, "Load started"));
        chooseTheMark();

        key(KeyCode.ESCAPE);

        assertEquals(TimeWindow.NO_CURSOR, cursor());
        assertTrue(!isShown(".mark-lane-chosen"));
        assertTrue(OnFx.get(lane::getAccessibleText).startsWith("Marks: "));
    }

    @Test
    void theCrosshairOfAChoiceEndsWhenTheMarkLeavesTheVisibleTime() {
        EventMark load = mark(0.01, EventMark.Kind.LOAD, "Load started");
        marks(load);
        chooseTheMark();

        OnFx.run(() -> window.newest(window.newest() + 1_000));
        assertEquals(load.at().toEpochMilli(), cursor(), "still visible");
        OnFx.run(() -> window.newest(window.newest() + 1_000));

        assertEquals(TimeWindow.NO_CURSOR, cursor());
    }

    @Test
    void theCrosshairOfAChoiceEndsWhenTheFocusLeavesTheCharts() {
        LiveChart chart = OnFx.get(() -> ChartFixture.chart(ChartSpec.Type.LINES, window));
        Button elsewhere = OnFx.get(() -> new Button("elsewhere"));
        OnFx.run(() -> stage.getScene().setRoot(new VBox(lane, chart.view(), elsewhere)));
        marks(mark(0.25, EventMark.Kind.LOAD, "Load started"));
        chooseTheMark();
        long chosen = cursor();

        OnFx.run(chart.view()::requestFocus);
        assertEquals(chosen, cursor(), "the charts tell the values of the moment");
        OnFx.run(elsewhere::requestFocus);

        assertEquals(TimeWindow.NO_CURSOR, cursor());
    }

    @Test
    void aChosenMarkThatBeganBeforeTheVisibleTimeHasNoCrosshair() {
        OnFx.run(() -> lane.marks(List.of(
                new EventMark(at(-0.1), EventMark.Kind.FAULT, "Network drops", "fault"))));
        OnFx.run(lane::requestFocus);

        key(KeyCode.LEFT);

        assertTrue(isShown(".mark-lane-chosen"));
        assertEquals(TimeWindow.NO_CURSOR, cursor());
    }

    @Test
    void theLaneAndTheChartsShareOneCrosshair() {
        marks(mark(0.25, EventMark.Kind.LOAD, "Load started"));

        mouse(MouseEvent.MOUSE_MOVED, 0.5);
        long away = Math.abs(OnFx.get(() -> at(0.5).toEpochMilli() - window.cursorProperty().get()));
        assertTrue(away < 200, away + " ms");
        assertTrue(isShown(".mark-lane-cursor"));

        mouse(MouseEvent.MOUSE_EXITED, 0.5);
        assertEquals(TimeWindow.NO_CURSOR, OnFx.get(() -> window.cursorProperty().get()));
        assertTrue(!isShown(".mark-lane-cursor"));
    }

    @Test
    void aLaneWithoutMarksTellsWhatWillBeThere() {
        marks();
        assertTrue(isShown(".mark-lane-none"));

        marks(mark(0.5, EventMark.Kind.ALERT, "p99 of add 12 ms over 10 ms"));
        assertTrue(!isShown(".mark-lane-none"));
        assertTrue(OnFx.get(lane::getAccessibleText).contains("p99 of add 12 ms over 10 ms"));
    }

    @Test
    void aMarkOutsideTheVisibleTimeIsNotInTheLane() {
        marks(new EventMark(OnFx.get(() -> at(-0.5)), EventMark.Kind.LOAD, "Load started"));
        assertTrue(isShown(".mark-lane-none"));

        OnFx.run(() -> window.zoom(at(-0.6).toEpochMilli(), at(0).toEpochMilli()));
        assertTrue(!isShown(".mark-lane-none"));
    }

    @Test
    void aDoubleClickMeansANoteAndLeavesTheSelectionOfBefore() {
        EventMark change = mark(0.25, EventMark.Kind.CHANGE, "postgres.pool_size: 20 → 30");
        EventMark note = mark(0.75, EventMark.Kind.NOTE, "cache cleared");
        marks(change, note);
        List<Object> noted = new ArrayList<>();
        OnFx.run(() -> {
            lane.onNotes(new NoteActions() {
                @Override
                public void add(Instant at) {
                    noted.add(at);
                }

                @Override
                public void addHere() {
                    noted.add("here");
                }

                @Override
                public void change(EventMark chosen) {
                    noted.add(chosen);
                }

                @Override
                public void remove(EventMark chosen) {
                    noted.add("remove " + chosen.text());
                }
            });
            lane.onMark(at -> window.select(at.toEpochMilli(), at.toEpochMilli() + 5_000));
        });
        for (double share : List.of(0.25, 0.5, 0.75)) {
            mouse(MouseEvent.MOUSE_CLICKED, share);
            mouse(MouseEvent.MOUSE_CLICKED, share, 2);
        }

        assertEquals(List.of(change.at(), OnFx.get(() -> at(0.5)), note), noted);
        assertNull(OnFx.get(() -> window.selectionProperty().get()));
        OnFx.run(lane::requestFocus);
        key(KeyCode.N);
        key(KeyCode.DELETE);
        key(KeyCode.LEFT);
        key(KeyCode.DELETE);
        key(KeyCode.ENTER);
        key(KeyCode.LEFT);
        key(KeyCode.DELETE);
        key(KeyCode.N);
        assertEquals(List.of("here", "remove cache cleared", note, change.at()), noted.subList(3, noted.size()));
    }

    @Test
    void aNoteOfTheMomentOfAChangeIsASignOfItsOwn() {
        EventMark change = mark(0.25, EventMark.Kind.CHANGE, "postgres.pool_size: 20 → 30");
        marks(change, new EventMark(change.at(), EventMark.Kind.NOTE, "more places"));
        OnFx.run(lane::requestFocus);
        key(KeyCode.LEFT);
        assertTrue(OnFx.get(lane::getAccessibleText).endsWith("Note: more places"));
        key(KeyCode.LEFT);
        assertTrue(OnFx.get(lane::getAccessibleText).endsWith("postgres.pool_size: 20 → 30"));

        double flag = OnFx.get(() -> lane.lookup(".live-chart-flag.change").getBoundsInParent().getMaxY());
        double square = OnFx.get(() -> lane.lookup(".live-chart-flag.note").getBoundsInParent().getMinY());
        assertTrue(square > flag, square + " is below " + flag);
    }
}
