package dev.memfuse.metrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProportionsTest {

    /// Newcombe, *Two-sided confidence intervals for the single proportion*, Stat. Med. 17 (1998), table I, method 3.
    @Test
    void agreesWithPublishedIntervals() {
        Interval interval = Proportions.wilson(81, 263, 0.05);
        assertEquals(0.2553, interval.low(), 5e-5);
        assertEquals(0.3662, interval.high(), 5e-5);

        Interval none = Proportions.wilson(0, 20, 0.05);
        assertEquals(0, none.low(), 1e-12);
        assertEquals(0.1611, none.high(), 5e-5);
    }

    @Test
    void nothingHasNoShare() {
        Interval interval = Proportions.wilson(0, 0, 0.05);

        assertTrue(Double.isNaN(interval.estimate()));
        assertFalse(interval.bounded());
        assertThrows(IllegalArgumentException.class, () -> Proportions.wilson(2, 1, 0.05));
    }
}
