package dev.memfuse.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.cli.Reports;
import org.junit.jupiter.api.Test;

final class BenchTablesTest {

    @Test
    void aRatioIsTheMedianOfTheSlicesWithTheirSpread() {
        assertEquals(new BenchReport.Ratio(0.9, 0.5, 1.5, 3), BenchReport.Ratio.of(List.of(1.5, 0.5, 0.9)));
        assertEquals(new BenchReport.Ratio(0.75, 0.25, 4, 4), BenchReport.Ratio.of(List.of(4.0, 0.5, 1.0, 0.25)));
        assertEquals(new BenchReport.Ratio(2, 2, 2, 1), BenchReport.Ratio.of(List.of(2.0)));
    }

    @Test
    void aFigureKnowsWhetherItReachesItsTarget() {
        assertEquals(true, new BenchReport.Figure("p50", 1.0, "ms", BenchReport.Target.atMost(1)).reached());
        assertEquals(false, new BenchReport.Figure("p50", 1.01, "ms", BenchReport.Target.atMost(1)).reached());
        assertEquals(true, new BenchReport.Figure("ratio", 0.85, "", BenchReport.Target.atLeast(0.85)).reached());
        assertEquals(false, new BenchReport.Figure("ratio", 0.84, "", BenchReport.Target.atLeast(0.85)).reached());
        assertNull(new BenchReport.Figure("p99", null, "ms", BenchReport.Target.atMost(5)).reached(),
                "too few samples reach nothing and miss nothing");
        assertNull(BenchReport.Figure.of("count", 3.0, "").reached());
    }

    @Test
    void theTableShowsBothSidesTheSpreadAndTheVerdict() {
        String table = String.join("\n", BenchTables.lines(Reports.sample()));

        assertTrue(table.contains("0.86  0.81  0.93"), table);
        assertTrue(table.lines().anyMatch(line -> line.matches("ratio at 1 +0.86 +at least 0.85 +reached")), table);
        assertTrue(table.lines().anyMatch(line -> line.matches("p99 +7.00 +ms +at most 5.00 +missed")), table);
        assertTrue(table.lines().anyMatch(line -> line.matches("p99 of few +- +ms")), table);
        assertTrue(table.lines().anyMatch(line -> line.matches(" +bare statement +4,000 +- +- +- +3.00 +150 +0")),
                table);
        assertTrue(table.contains("bound by the disk"), table);
        assertTrue(table.contains("cpu_count: 2"), table);
        assertFalse(table.contains("Stopped early"), table);
    }

    @Test
    void theTableSaysThatARunWasStopped() {
        assertTrue(
                BenchTables.lines(new BenchReport(false, List.of(), Map.of())).getLast().startsWith("Stopped early"));
    }
}
