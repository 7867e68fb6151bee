package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;
import org.junit.jupiter.api.Test;

class ChartCsvTest {
    @Test
    void writesOneRowPerInstantInTheWindowWithUnitsInTheHeader() {
        var rates = new SampleRing(2, 10);
        rates.append(1_000, 9, 9);
        rates.append(2_000, 1.5, Double.NaN);
        rates.append(3_000, 2, 4);
        var pool = new SampleRing(1, 10);
        pool.append(2_000, 12);
        pool.append(2_500, 13);
        pool.append(9_000, 14);

        String table = ChartCsv.table(
                List.of(new ChartCsv.Part(spec("Throughput", "ops/s", "add", "query, all"), rates),
                        new ChartCsv.Part(spec("Pool", "connections", "active"), pool)),
                new Span(2_000, 3_000));

        assertEquals("""
                     time,Throughput: add (ops/s),"Throughput: query, all (ops/s)",Pool: active (connections)
                     1970-01-01T00:00:02Z,1.5,,12.0
                     1970-01-01T00:00:02.500Z,,,13.0
                     1970-01-01T00:00:03Z,2.0,4.0,
                     """, table);
    }

    private static ChartSpec spec(String title, String unit, String... series) {
        return new ChartSpec(title, title, unit, ChartSpec.Type.LINES, List.of(series));
    }
}
