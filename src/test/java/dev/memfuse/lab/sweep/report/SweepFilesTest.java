package dev.memfuse.lab.sweep.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import dev.memfuse.lab.sweep.SampleSweep;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.load.report.ResultJson;
import org.junit.jupiter.api.Test;

class SweepFilesTest {
    private static final List<Double> VALUES = List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0);

    @Test
    void theTableHasALineForEachValueWithTheLawAndItsInterval() {
        SweepResult result = SampleSweep.result("postgres.pool_size", VALUES, 8.0);

        List<String> lines = SweepFiles.csv(result).lines().toList();

        assertEquals(7, lines.size());
        int columns = lines.getFirst().split(",", -1).length;
        assertTrue(lines.stream().allMatch(line -> line.split(",", -1).length == columns), lines.toString());
        List<String> eight = Arrays.asList(lines.get(4).split(",", -1));
        assertEquals("8", eight.getFirst());
        assertEquals("does not hold", eight.get(columns - 4));
        assertEquals(result.points().get(3).throughputPerS(), Double.parseDouble(eight.get(1)), 1e-5);
        assertTrue(Double.parseDouble(eight.get(columns - 2)) < Double.parseDouble(eight.get(columns - 1)));
    }

    @Test
    void withoutALawItsCellsAreEmpty() {
        SweepResult result = SampleSweep.result("postgres.pool_size", VALUES.subList(0, 3), null);

        assertTrue(SweepFiles.csv(result).lines().skip(1).allMatch(line -> line.endsWith(",,,")));
    }

    @Test
    void theDataIsReadAsItWas() throws Exception {
        SweepResult result = SampleSweep.result("postgres.pool_size", VALUES, null);

        assertEquals(result,
                ResultJson.read(Objects.requireNonNull(SweepFiles.of(result).get("json")).call(), SweepResult.class));
    }
}
