package dev.memfuse.console.lab.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlotScaleTest {
    @Test
    void aLinearScaleReachesFromZeroToARoundValue() {
        PlotScale scale = PlotScale.fromZero(873);

        assertEquals(0, scale.position(0));
        assertEquals(1, scale.position(1_000));
        assertEquals(List.of(0.0, 200.0, 400.0, 600.0, 800.0, 1_000.0), scale.ticks());
    }

    @Test
    void aLogarithmicScaleHasEqualDistancesForEqualRatios() {
        PlotScale scale = PlotScale.logarithmic(1, 64);

        assertEquals(0.5, scale.position(8), 1e-9);
        assertEquals(8, scale.value(0.5), 1e-9);
        assertEquals(List.of(1.0, 2.0, 5.0, 10.0, 20.0, 50.0), scale.ticks());
        assertEquals(List.of(1.0, 10.0, 100.0, 1_000.0), PlotScale.logarithmic(0.7, 2_000).ticks());
    }

    @Test
    void aValueOutsideIsAtTheNearerEnd() {
        assertEquals(0, PlotScale.logarithmic(1, 10).position(0.1));
        assertEquals(1, PlotScale.fromZero(10).position(99));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0004, 0.37, 1, 9.99, 64, 12_345, 8e8})
    void everyScaleHasSomeRoundTicks(double high) {
        int ticks = PlotScale.fromZero(high).ticks().size();

        assertTrue(ticks >= 2 && ticks <= 7, high + ": " + ticks);
    }
}
