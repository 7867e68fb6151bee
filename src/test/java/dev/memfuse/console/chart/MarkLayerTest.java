package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import javafx.geometry.Dimension2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Polygon;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.metrics.EventMark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class MarkLayerTest {
    private static final double WIDTH = 400;
    private static final Dimension2D SIZE = new Dimension2D(WIDTH, 22);
    private static final EventMark ON = mark(100, EventMark.Kind.CHANGE, "buffer.bypass_mode: false → true");
    private static final EventMark OFF = mark(103, EventMark.Kind.CHANGE, "buffer.bypass_mode: true → false");

    private final MarkLayer layer = OnFx.get(MarkLayer::new);

    @BeforeEach
    void putIntoAScene() {
        OnFx.run(() -> ChartFixture.scene(new Pane(layer.view())));
    }

    @Test
    void aChangeOfASettingIsReadableBesideItsFlag() {
        show(ON);

        Label text = text("bypass on");
        assertEquals(true, text.isVisible());
        assertEquals(1, count(Polygon.class));
        assertEquals(107, text.getLayoutX());
    }

    @Test
    void ofTwoChangesCloseByEachHasItsTextOnItsOwnSide() {
        show(ON, OFF);

        Label older = text("bypass on");
        Label newer = text("bypass off");
        assertTrue(older.getLayoutX() + older.getWidth() <= newer.getLayoutX() + 1, () -> older + " over " + newer);
        assertEquals(true, older.isVisible() && newer.isVisible());
    }

    @Test
    void aTextIsNearerToItsOwnFlagThanToAnotherOneAndToItsText() {
        show(mark(20, EventMark.Kind.CHANGE, "postgres.pool_size: 20 → 30"),
                mark(200, EventMark.Kind.CHANGE, "buffer.hybrid_buffer.max_chunks: 20 → 1000000000000000000"),
                mark(395, EventMark.Kind.LOAD, "Load 1 starts: 100 operations per second in an open loop"));

        List<Label> texts = OnFx.get(() -> layer.view().getChildren().stream().filter(Label.class::isInstance)
                .map(Label.class::cast).filter(Node::isVisible).toList());
        List<Double> flags = List.of(20.5, 200.5, 395.5);
        assertTrue(texts.size() > 1);
        for (Label one : texts) {
            double begin = one.getLayoutX();
            double end = begin + one.getWidth();
            long near = flags.stream().filter(flag -> flag > begin - 15 && flag < end + 15).count();
            assertEquals(1, near, () -> "flags beside " + one);
            for (Label other : texts) {
                assertTrue(other.equals(one) || other.getLayoutX() >= end + 15
                        || other.getLayoutX() + other.getWidth() <= begin - 15, () -> one + " beside " + other);
            }
        }
    }

    @Test
    void aTextWithoutSpaceIsHiddenTheOldestFirst() {
        show(mark(101, EventMark.Kind.CHANGE, "postgres.pool_size: 20 → 30"), ON, OFF);

        assertEquals(false, text("pool size 30").isVisible());
        assertEquals(true, text("bypass off").isVisible());
    }

    @Test
    void aChangeOfThisMomentHasItsTextToTheLeftOfTheEdge() {
        show(mark(399, EventMark.Kind.CHANGE, "buffer.bypass_mode: false → true"));

        Label text = text("bypass on");
        assertEquals(true, text.isVisible());
        assertTrue(text.getLayoutX() + text.getWidth() <= WIDTH, () -> "ends at " + text.getLayoutX());
    }

    @Test
    void anAlertIsAFlagWithoutAText() {
        show(mark(50, EventMark.Kind.ALERT, "p99 of add 12 ms over 10 ms"));

        assertEquals(1, count(Polygon.class));
        assertEquals(0, count(Label.class));
    }

    @Test
    void aVisibleMarkKeepsItsNodesAndAHiddenOneLosesThem() {
        show(ON, OFF);
        Node before = text("bypass on");
        OnFx.run(() -> layer.show(List.of(MarkGroup.of(ON), MarkGroup.of(OFF)), _ -> 20, SIZE));
        Node after = text("bypass on");
        show(OFF);

        assertEquals(before, after);
        assertEquals(1, count(Label.class));
    }

    @Test
    void aLoadIsNamedInFullWhereThereIsSpace() {
        show(mark(50, EventMark.Kind.LOAD, "Load 1 starts: mixed, 64 users, 5,000 ops/s"));

        assertEquals(true, text("Load 1 starts: mixed, 64 users, 5,000 ops/s").isVisible());
    }

    @Test
    void aTextIsCutBeforeTheNextMarkAndOverlapsNothing() {
        show(mark(50, EventMark.Kind.LOAD, "Load 1 starts: mixed, 64 users, 5,000 ops/s"),
                mark(220, EventMark.Kind.CHANGE, "buffer.bypass_mode: false → true"));

        Label cut = beginning("Load 1 starts: mixed");
        assertTrue(cut.getText().endsWith("…"), cut.getText());
        double end = cut.getLayoutX() + cut.getWidth();
        assertTrue(cut.isVisible() && end < 220 && end > 190, "ends at " + end);
        assertEquals(true, text("bypass on").isVisible());
    }

    @Test
    void aTextThatWasCutIsWholeAgainWhereTheMarksAreFartherApart() {
        EventMark load = mark(50, EventMark.Kind.LOAD, "Load 1 starts: mixed, 64 users");
        show(load, mark(160, EventMark.Kind.CHANGE, "buffer.bypass_mode: false → true"));
        Label text = beginning("Load 1");
        assertTrue(text.getText().endsWith("…"), text.getText());

        show(load, mark(300, EventMark.Kind.CHANGE, "buffer.bypass_mode: false → true"));

        assertEquals("Load 1 starts: mixed, 64 users", OnFx.get(text::getText));
    }

    @Test
    void anAlertCutsATextOnlyWhereEnoughOfItRemains() {
        show(ON, mark(115, EventMark.Kind.ALERT, "p99 of add 12 ms over 10 ms"),
                mark(90, EventMark.Kind.ALERT, "p99 of add 12 ms over 10 ms"));

        assertEquals(true, text("bypass on").isVisible());
    }

    @Test
    void aTextOfRepetitionsGrowsWithThem() {
        OnFx.run(() -> {
            for (int count : List.of(2, 3)) {
                layer.show(List.of(new MarkGroup(EventMark.Kind.ENGINE, Instant.ofEpochSecond(10),
                        Instant.ofEpochSecond(10 + count), count, "Index saved (" + count + " times)")),
                        Instant::getEpochSecond, SIZE);
            }
        });

        assertEquals(true, text("Index saved (3 times)").isVisible());
    }

    private void show(EventMark... marks) {
        OnFx.run(() -> layer.show(Stream.of(marks).map(MarkGroup::of).toList(), Instant::getEpochSecond, SIZE));
    }

    private Label text(String text) {
        return OnFx.get(() -> layer.view().getChildren().stream().filter(Label.class::isInstance)
                .map(Label.class::cast).filter(label -> label.getText().equals(text)).findFirst().orElseThrow());
    }

    private Label beginning(String text) {
        return OnFx.get(() -> layer.view().getChildren().stream().filter(Label.class::isInstance)
                .map(Label.class::cast).filter(label -> label.getText().startsWith(text)).findFirst().orElseThrow());
    }

    private long count(Class<? extends Node> kind) {
        return OnFx.get(() -> layer.view().getChildren().stream().filter(kind::isInstance).count());
    }

    private static EventMark mark(long x, EventMark.Kind kind, String text) {
        return new EventMark(Instant.ofEpochSecond(x), kind, text);
    }
}
