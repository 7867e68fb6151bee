package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DrawingCostTest {
    @Test
    void aPercentileIsToldOfEnoughFramesAndWithTheirNumber() {
        assertEquals("Cost of drawing: p99 4.20 ms of 600 frames, FX thread 13.8 %, render thread 2.9 %",
                new DrawingCost(4.2, 600, 0.138, 0.029, 0).text());
        assertEquals("Cost of drawing: measuring (7 of 100 frames), FX thread 13.8 %, render thread 2.9 %",
                new DrawingCost(115, 7, 0.138, 0.029, 0).text());
    }

    @Test
    void lostSnapshotsAreCounted() {
        assertEquals("Cost of drawing: p99 4.20 ms of 600 frames, FX thread 13.8 %, render thread 2.9 %, "
                + "3 snapshots dropped", new DrawingCost(4.2, 600, 0.138, 0.029, 3).text());
    }
}
