package dev.memfuse.console.chart.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class ReductionTest {
    private final Polyline line = new Polyline();

    @Test
    void keepsTheSmallestAndLargestOfEachColumnInTheirOrder() {
        SampleRing ring = ring(100, 5, 1, 9, 4, 7, 8, 2, 6);

        Reduction.line(ring, 0, new Span(0, 800), 2, line);

        assertEquals(List.of("0.1:1.0", "0.2:9.0", "0.5:8.0", "0.6:2.0"), points());
    }

    @Test
    void neverLosesAPeakHoweverNarrowTheChart() {
        SampleRing ring = new SampleRing(1, 6_000);
        for (int i = 0; i < 6_000; i++) {
            ring.append(i * 100L, i == 3_333 ? 1_000 : 10);
        }

        Reduction.line(ring, 0, new Span(0, 600_000), 100, line);

        assertEquals(1_000, line.highest());
        assertTrue(line.size() <= 200, () -> line.size() + " points for 100 columns");
    }

    @Test
    void drawsAFlatStretchWithTwoPoints() {
        SampleRing ring = ring(100, 3, 3, 3, 3, 3, 3);

        Reduction.line(ring, 0, new Span(0, 600), 600, line);

        assertEquals(List.of("0.0:3.0", "0.5:3.0"), points());
    }

    @Test
    void leavesAGapForMissingValues() {
        SampleRing ring = ring(1_000, 1, Double.NaN, Double.NaN, 2);

        Reduction.line(ring, 0, new Span(0, 4_000), 400, line);

        assertEquals(List.of("0.0:1.0", "1.0:NaN", "3.0:2.0"), points());
    }

    @Test
    void doesNotJoinSamplesThatAreFarApart() {
        SampleRing ring = new SampleRing(1, 10);
        ring.append(0, 1);
        ring.append(SampleRing.GAP_MILLIS + 1_000, 2);

        Reduction.line(ring, 0, new Span(0, 10_000), 10, line);

        assertEquals(List.of("0.0:1.0", "6.0:NaN", "6.0:2.0"), points());
    }

    @Test
    void takesOneSampleBeyondEachEdgeSoThatLinesReachTheFrame() {
        SampleRing ring = ring(1_000, 0, 1, 2, 3, 4, 5);

        Reduction.line(ring, 0, new Span(1_500, 3_500), 1_000, line);

        assertEquals(List.of("1.0:1.0", "2.0:2.0", "3.0:3.0", "4.0:4.0"), points());
    }

    @Test
    void stacksTheMeansOfEachColumn() {
        SampleRing ring = new SampleRing(2, 10);
        ring.append(0, 1, 10);
        ring.append(100, 3, 30);
        ring.append(200, 5, Double.NaN);
        var upper = new Polyline();

        Reduction.stack(ring, new Span(0, 400), 2, _ -> true, new Polyline[]{line, upper});

        assertEquals(List.of("-1.0:2.0", "0.0:2.0", "0.2:5.0"), points());
        assertEquals(22, upper.y(1));
        assertEquals(5, upper.y(2));
    }

    @Test
    void leavesAGapInAStackWhenNoSeriesWasMeasured() {
        SampleRing ring = new SampleRing(2, 10);
        ring.append(0, 1, 1);
        ring.append(1_000, Double.NaN, Double.NaN);
        ring.append(2_000, 2, 2);
        var upper = new Polyline();

        Reduction.stack(ring, new Span(0, 3_000), 300, _ -> true, new Polyline[]{line, upper});

        assertEquals(List.of("-1.0:1.0", "0.0:1.0", "1.0:NaN", "1.0:2.0", "2.0:2.0"), points());
    }

    @Test
    void aSampleStaysInItsColumnWhileTheSpanMoves() {
        SampleRing ring = ring(100, 1, 9, 2, 8, 3, 7, 4, 6, 5, 5);
        Reduction.line(ring, 0, new Span(0, 1_000), 4, line);
        List<String> before = points();

        Reduction.line(ring, 0, new Span(60, 1_060), 4, line);

        assertEquals(before.subList(1, before.size()), points().subList(1, before.size()));
    }

    private static SampleRing ring(long step, double... values) {
        SampleRing ring = new SampleRing(1, values.length);
        for (int i = 0; i < values.length; i++) {
            ring.append(i * step, values[i]);
        }
        return ring;
    }

    private List<String> points() {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            points.add(line.x(i) + ":" + line.y(i));
        }
        return points;
    }
}
