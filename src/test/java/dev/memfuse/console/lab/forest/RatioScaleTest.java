package dev.memfuse.console.lab.forest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class RatioScaleTest {

    @Test
    void containsOneAndItsRatiosAndKeepsOrder() {
        RatioScale scale = RatioScale.of(List.of(0.4, 0.6));

        assertTrue(scale.position(0.4) > 0);
        assertTrue(scale.position(0.4) < scale.position(0.6));
        assertTrue(scale.position(0.6) < scale.position(1));
        assertTrue(scale.position(1) < 1);
    }

    @Test
    void aLogarithmicScaleHasTheSameDistanceForTheSameRatio() {
        RatioScale scale = RatioScale.of(List.of(0.25, 4.0));

        assertEquals(scale.position(0.5) - scale.position(0.25), scale.position(4) - scale.position(2), 1e-9);
        assertEquals(0.5, scale.position(1), 1e-9);
    }

    @Test
    void whatIsNoRatioAndWhatIsExtremeDoesNotSpoilTheScale() {
        RatioScale scale = RatioScale.of(List.of(Double.NaN, 0.0, Double.POSITIVE_INFINITY, 1e9, 0.9));

        assertTrue(scale.contains(20));
        assertFalse(scale.contains(30));
        assertEquals(1, scale.position(1e9));
        assertTrue(scale.contains(0.9));
    }

    @Test
    void ticksAreRoundDistinctAndContainOne() {
        List<Double> ticks = RatioScale.of(List.of(0.4, 1.3)).ticks(0.14);

        assertTrue(ticks.contains(1.0));
        assertEquals(ticks.stream().distinct().sorted().toList(), ticks);
        assertEquals("0.5x", RatioScale.label(0.5));
        assertEquals("1.05x", RatioScale.label(1.05));
        assertEquals("2x", RatioScale.label(2));
    }
}
