package dev.memfuse.console.chart.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PeaksTest {
    private static final Span MINUTE = new Span(0, 60_000);

    private static SampleRing ring(int samples, double usual) {
        SampleRing ring = new SampleRing(2, 1_000);
        for (int second = 1; second <= samples; second++) {
            ring.append(second * 1_000L, usual / 2, usual);
        }
        return ring;
    }

    @Test
    void onePeakAmongManyDoesNotStretchTheAxis() {
        SampleRing ring = ring(59, 4);
        ring.append(60_000, 2, 900);

        assertEquals(new Peaks(4, 900, 1), Peaks.of(ring, MINUTE, false, _ -> true));
    }

    @Test
    void theHeightOfAStackIsItsSum() {
        SampleRing ring = ring(59, 4);
        ring.append(60_000, 300, 600);

        assertEquals(new Peaks(6, 900, 1), Peaks.of(ring, MINUTE, true, _ -> true));
    }

    @Test
    void aPeakOutsideTheSpanIsNone() {
        SampleRing ring = ring(59, 4);
        ring.append(60_000, 2, 900);

        assertEquals(Peaks.NONE, Peaks.of(ring, new Span(0, 59_999), false, _ -> true));
    }

    @Test
    void aChangeThatLastsIsShownInFull() {
        SampleRing ring = ring(50, 4);
        for (int second = 51; second <= 60; second++) {
            ring.append(second * 1_000L, 2, 900);
        }

        assertEquals(Peaks.NONE, Peaks.of(ring, MINUTE, false, _ -> true));
    }

    @Test
    void aFewSamplesHaveNoPeaks() {
        SampleRing ring = ring(18, 4);
        ring.append(60_000, 2, 900);

        assertEquals(Peaks.NONE, Peaks.of(ring, MINUTE, false, _ -> true));
    }

    @Test
    void secondsWithoutCallsAreNotCounted() {
        SampleRing ring = ring(40, 4);
        for (int second = 41; second <= 59; second++) {
            ring.append(second * 1_000L, Double.NaN, Double.NaN);
        }
        ring.append(60_000, 2, 900);

        assertEquals(new Peaks(4, 900, 1), Peaks.of(ring, MINUTE, false, _ -> true));
    }
}
