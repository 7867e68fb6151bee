package dev.memfuse.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.memfuse.load.report.SampleReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ThresholdTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                           add.p99<8.5,            8,        true
                           add.p99<8,              8,        false
                           add.p99<=8,             8,        true
                           add.p99 < 50 ms,        8,        true
                           query.max>95,           96,       true
                           throughput>=645.25,     645.25,   true
                           add.throughput>601,     600.25,   false
                           errors<3,               3,        false
                           errors < 0.1 %,         0.000232504069,  true
                           errors<0.02 %,          0.000232504069,  false
                           add.p99 < 0.009 s,      8,        true
                           add.p99<=8000us,        8,        true
                           throughput>645/s,       645.25,   true
                           query.error_rate<0.01,  0,        true
                           list.p50<10,            NaN,      false
                           """)
    void comparesWithTheResult(String text, double value, boolean kept) {
        Threshold.Outcome outcome = Threshold.parse(text).check(SampleReport.of("").result().operations());

        assertEquals(value, outcome.value(), 1e-9);
        assertEquals(kept, outcome.kept());
    }

    @Test
    void countsFailuresAgainstAllOperations() {
        assertEquals(3 / 12_903.0,
                Threshold.parse("error_rate<0.01").check(SampleReport.of("").result().operations()).value(), 1e-9);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           add.p99=5,       no threshold
                           p99<5,           name the operation
                           add.p98<5,       unknown figure
                           add.p99<1.2.3,   is no number
                           add.p99<5 %,     is in us
                           throughput>5 ms, is in /s
                           errors<1 ms,     a share in %
                           """)
    void explainsAnInvalidThreshold(String text, String expected) {
        String message = String
                .valueOf(assertThrows(IllegalArgumentException.class, () -> Threshold.parse(text)).getMessage());

        assertEquals(true, message.contains(expected), message);
    }
}
