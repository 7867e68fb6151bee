package dev.memfuse.console.chart.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;

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

    @Test
    void continuesTheOlderSamplesUntilItsOwnBegin() {
        SampleRing older = new SampleRing(2, 10);
        for (int i = 1; i <= 6; i++) {
            older.append(i * 10_000L, i, -i);
        }
        ring.continues(older);
        assertEquals(6, ring.size(), "without own samples all older ones");

        for (int i = 0; i < 4; i++) {
            ring.append(45_000 + i * 1_000L, 100 + i, 0);
        }

        // Of three own samples the first is of 46 s: four older ones come before it.
        assertEquals(7, ring.size());
        assertEquals(40_000, ring.time(3));
        assertEquals(4, ring.value(0, 3));
        assertEquals(46_000, ring.time(4));
        assertEquals(101, ring.value(0, 4));
        assertEquals(3, ring.lastNotAfter(45_999));
        assertEquals(4, ring.firstNotBefore(40_001));

        older.append(70_000, 7, -7);
        ring.countOlder();
        assertEquals(7, ring.size(), "newer than the own begin");
        ring.clear();
        assertEquals(7, ring.size());
    }

    @Test
    void olderSamplesAreJoinedOverTensOfSecondsAndOwnOnesOverFive() {
        SampleRing older = new SampleRing(2, 10);
        older.append(10_000, 1, 1);
        older.append(20_000, 1, 1);
        older.append(80_000, 1, 1);
        ring.continues(older);
        ring.append(90_000, 1, 1);
        ring.append(95_000, 1, 1);
        ring.append(101_000, 1, 1);

        assertEquals(List.of(false, true, false, true, true, false),
                IntStream.range(0, 6).mapToObj(ring::joined).toList());
    }
}
