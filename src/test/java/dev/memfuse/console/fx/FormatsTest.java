package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                           0,          0 ms
                           420000,     0.42 ms
                           12340000,   12.3 ms
                           1234400000, '1,234 ms'
                           """)
    void showsNanosecondsAsMillisecondsWithThreeDigits(double nanos, String expected) {
        assertEquals(expected, Formats.nanosAsMillis(nanos));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           0,      0 ops/s
                           0.25,   0.3 ops/s
                           99.94,  99.9 ops/s
                           5123.4, '5,123 ops/s'
                           """)
    void showsRatesWithOneDecimalBelowAHundred(double rate, String expected) {
        assertEquals(expected, Formats.perSecond(rate));
    }

    @ParameterizedTest
    @CsvSource({"5, 0:05", "750, 12:30", "3723, 1:02:03"})
    void showsALengthOfTimeAsAClock(long seconds, String expected) {
        assertEquals(expected, Formats.clock(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "1000, 1000 bytes", "65536, 64 KiB", "268435456, 256 MiB", "2147483647, 2 GiB",
            "1610612736, 1.50 GiB", "3250585, 3.10 MiB"})
    void showsSizesInTheUnitThatReadsBest(long bytes, String expected) {
        assertEquals(expected, Formats.size(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.00 s", "1200, 1.20 s", "90000, 90.0 s", "120000, 2 min", "1800000, 30 min", "86400000, 24 h",
            "2592000000, 30 days", "5400000, 90 min"})
    void showsALengthOfTimeInTheUnitThatReadsBest(long millis, String expected) {
        assertEquals(expected, Formats.duration(Duration.ofMillis(millis)));
    }

    @Test
    void showsSharesAsPercent() {
        assertEquals("12.5 %", Formats.percent(0.125));
    }

    @Test
    void anEstimateHasNoTenthsOfASecond() {
        assertEquals("27 s", Formats.estimate(Duration.ofMillis(27_049)));
        assertEquals("0 s", Formats.estimate(Duration.ofMillis(400)));
        assertEquals("119 s", Formats.estimate(Duration.ofSeconds(119)));
        assertEquals("3.5 min", Formats.estimate(Duration.ofSeconds(210)));
        assertEquals("3 h", Formats.estimate(Duration.ofHours(3)));
    }
}
