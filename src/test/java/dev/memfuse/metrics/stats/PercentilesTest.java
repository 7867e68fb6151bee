package dev.memfuse.metrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Objects;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTest {

    private static Histogram milliseconds(int from, int to) {
        Histogram nanos = new Histogram(3);
        for (int ms = from; ms <= to; ms++) {
            nanos.recordValue(ms * 1_000_000L);
        }
        return nanos;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           50, 199, false
                           50, 200, true
                           90, 999, false
                           90, 1000, true
                           95, 1999, false
                           95, 2000, true
                           99, 9999, false
                           99, 10000, true
                           99.9, 99999, false
                           99.9, 100000, true""")
    void aReliablePercentileHasAHundredSamplesAboveIt(double percentile, long count, boolean reliable) {
        assertEquals(reliable, Percentiles.reliable(count, percentile));
    }

    @Test
    void convertsNanosecondsToMilliseconds() {
        Percentiles ms = Percentiles.of(milliseconds(1, 1000));

        assertEquals(500.5, ms.mean(), 0.5);
        assertEquals(500, ms.p50(), 0.5);
        assertEquals(900, ms.p90(), 0.9);
        assertEquals(950, ms.p95(), 0.95);
        assertEquals(990, ms.p99(), 0.99);
        assertEquals(999, ms.p999(), 1);
        assertEquals(1000, ms.max(), 1);
    }

    @Test
    void anEmptyHistogramHasZeros() {
        Histogram empty = new Histogram(3);

        assertEquals(Percentiles.NONE, Percentiles.of(empty));
        assertEquals(0, Percentiles.nanos(empty, 99));
        assertEquals(0.0, Percentiles.ms(empty, 99));
        assertEquals(0.0, Percentiles.maxMs(empty));
    }

    @Test
    void anUnreliablePercentileIsAbsent() {
        Histogram nanos = milliseconds(1, 1000);

        assertEquals(900, Objects.requireNonNull(Percentiles.reliableMs(nanos, 90)), 0.9);
        assertNull(Percentiles.reliableMs(nanos, 95));
    }
}
