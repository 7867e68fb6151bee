package dev.memfuse.lab.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.lab.compare.ArmWords;
import dev.memfuse.lab.tune.Goal;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.recording.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The 99.9th percentile: `p999` in files and JSON, `p99.9` for people, and both are understood.
class MetricTitleTest {
    private static final Metric METRIC = Metric.parse("query.p999");

    @ParameterizedTest
    @CsvSource({"query.p999, query.p99.9", "add.p999 B/A, add.p99.9 B/A", "add.p99, add.p99", "throughput, throughput"})
    void figuresOfRecordingsHaveTitles(String name, String title) {
        assertEquals(title, new Figure(name, "ms", 1.0, false).title());
    }

    @Test
    void aTitleIsUnderstoodAsTheNameIs() {
        assertEquals(METRIC, Metric.parse("Query.p99.9"));
        assertEquals("query.p999", METRIC.name());
        assertEquals("query.p99.9", METRIC.title());
        assertEquals(METRIC, Goal.parse("minimise query.p99.9 subject to add.p99.9 <= 20 ms").objective());
        assertEquals(Threshold.parse("add.p999 < 50 ms").figure(), Threshold.parse("add.p99.9 < 50 ms").figure());
    }

    @Test
    void sentencesHaveTheTitle() {
        MetricResult result = new MetricResult("query.p999", "ms", true, false, 1, 2, PairedRatios
                .of(new double[]{1, 1, 1}, new double[]{2, 2, 2}).estimate(0.03, 0.05, Direction.LOWER_IS_BETTER));

        assertTrue(new ArmWords(List.of()).ratio(result).startsWith("query.p99.9 is 2.00x"));
        String names = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Metric.parse("query.p98"))
                .getMessage());
        assertTrue(names.contains("query.p99.9"), names);
        assertFalse(names.contains("p999"), names);
    }
}
