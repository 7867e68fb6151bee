package dev.memfuse.console.chart.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SampleRingTest {
    private final SampleRing ring = new SampleRing(2, 3);

    @Test
    void overwritesTheOldestWhenFull() {
        for (int i = 1; i <= 5; i++) {
            ring.append(i * 10L, i, -i);
        }

        assertEquals(3, ring.size());
        assertEquals(30, ring.time(0));
        assertEquals(5, ring.value(0, 2));
        assertEquals(-5, ring.value(1, 2));
    }

    @Test
    void ignoresASampleThatIsNotNewer() {
        ring.append(10, 1, 1);

        ring.append(10, 2, 2);
        ring.append(9, 3, 3);

        assertEquals(1, ring.size());
        assertEquals(1, ring.value(0, 0));
    }

    @Test
    void findsSamplesByTimeAlsoAfterWrappingAround() {
        for (int i = 1; i <= 4; i++) {
            ring.append(i * 10L, i, i);
        }

        assertEquals(0, ring.firstNotBefore(20));
        assertEquals(1, ring.firstNotBefore(21));
        assertEquals(3, ring.firstNotBefore(41));
        assertEquals(-1, ring.lastNotAfter(19));
        assertEquals(2, ring.lastNotAfter(99));
    }

    @Test
    void refusesASampleOfAnotherShape() {
        assertThrows(IllegalArgumentException.class, () -> ring.append(1, 1));
    }
}
