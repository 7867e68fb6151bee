package dev.memfuse.console.chart.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotRangeTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                           # highest, max, step
                           5137,  6000, 2000
                           0.43,  0.5,  0.1
                           30,    40,   10
                           0,     1,    0.25
                           NaN,   1,    0.25
                           """)
    void endsAtARoundNumberWithFewTicks(double highest, double max, double step) {
        PlotRange range = PlotRange.linear(highest);

        assertEquals(0, range.min());
        assertEquals(max, range.max(), max * 1e-9);
        assertEquals(step, range.step(), step * 1e-9);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           # lowest, highest, min, max
                           0.3,   42,     0.1,   100
                           1,     1,      0.1,   1
                           1e-9,  10,     1e-5,  10
                           NaN,   NaN,    0.1,   10
                           """)
    void coversWholeDecadesOnALogarithmicAxis(double lowest, double highest, double min, double max) {
        PlotRange range = PlotRange.logarithmic(lowest, highest);

        assertEquals(min, range.min(), min * 1e-9);
        assertEquals(max, range.max(), max * 1e-9);
    }

    @Test
    void staysWhileTheValuesFillEnoughOfIt() {
        PlotRange now = PlotRange.linear(1_000);

        assertEquals(now, now.adaptedTo(PlotRange.linear(530)));
        assertEquals(PlotRange.linear(300), now.adaptedTo(PlotRange.linear(300)));
        assertEquals(PlotRange.linear(1_300), now.adaptedTo(PlotRange.linear(1_300)));
    }
}
