package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartNumbersTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                                            0;        0
                                            0.0042;   0.004
                                            0.4567;   0.457
                                            1.2345;   1.23
                                            12.345;   12.3
                                            123.45;   123
                                            12345.6;  12,346
                                            30;       30
                                            NaN;      –
                                            """)
    void writesEnoughDigitsToCompare(double value, String text) {
        assertEquals(text, ChartNumbers.exact(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                                            0;       0
                                            0.25;    0.25
                                            500;     500
                                            2500;    2.5k
                                            2000000; 2M
                                            """)
    void writesAxisLabelsShort(double value, String text) {
        assertEquals(text, ChartNumbers.axis(value));
    }
}
