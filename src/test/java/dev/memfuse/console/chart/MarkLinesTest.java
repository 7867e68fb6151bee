package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.metrics.EventMark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class MarkLinesTest {
    private static final double WIDTH = 600;
    private static final Span SPAN = new Span(ChartFixture.NOW - 600_000, ChartFixture.NOW);

    @Test
    void manySwitchesLeaveTheChartVisible() {
        List<EventMark> marks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            marks.add(new EventMark(Instant.ofEpochMilli(SPAN.from() + 100_000 + i * 1_000L), EventMark.Kind.CHANGE,
                    "buffer.bypass_mode: false → true"));
        }
        MarkLines lines = OnFx.get(MarkLines::new);

        List<Line> drawn = OnFx.get(() -> {
            ChartFixture.scene(new Pane(lines.view()));
            lines.show(ShownMarks.of(marks, SPAN, SPAN.to(), WIDTH),
                    at -> (at.toEpochMilli() - SPAN.from()) * WIDTH / SPAN.length(), 100);
            lines.view().applyCss();
            return lines.view().getChildren().stream().map(Line.class::cast).toList();
        });

        List<Double> places = drawn.stream().map(Line::getLayoutX).sorted().toList();
        assertTrue(places.size() > 5, places.toString());
        for (int i = 1; i < places.size(); i++) {
            assertTrue(places.get(i) - places.get(i - 1) >= 7, places.toString());
        }
        for (Line line : drawn) {
            assertEquals(1, line.getStrokeWidth());
            assertTrue(line.getOpacity() <= 0.5, "the curve beneath is visible");
        }
    }
}
