package dev.memfuse.load.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.metrics.stats.Percentiles;
import org.junit.jupiter.api.Test;

final class ResultWarningsTest {
    private final ResultWarnings warnings = new ResultWarnings();

    private static Percentiles p99(double value) {
        return new Percentiles(0, 0, 0, 0, value, value, value);
    }

    private static Point second(int number, double throughput, double p50) {
        return new Point(number, Instant.EPOCH, number <= 2, 100, throughput, 0, 0, p50, p50, p50, p50, 0, 0, 0);
    }

    @Test
    void warnsOfDifferentThroughputOfTheHalves() {
        warnings.checkSteadyState(IntStream.rangeClosed(1, 12).mapToObj(i -> second(i, i <= 7 ? 100 : 150, 1)).toList(),
                false);

        assertTrue(warnings.sentences().getFirst().contains("throughput of the second half"));
        assertTrue(warnings.sentences().getFirst().contains("+50 %"), "" + warnings.sentences());
    }

    @Test
    void warnsOfAFirstHalfWithoutOperations() {
        warnings.checkSteadyState(IntStream.rangeClosed(1, 12).mapToObj(i -> second(i, i <= 7 ? 0 : 150, 1)).toList(),
                false);

        assertTrue(warnings.sentences().getFirst().startsWith("Did not settle: no operation ended in the first half"),
                "" + warnings.sentences());
    }

    @Test
    void comparesTheLatencyOfAnOpenRun() {
        warnings.checkSteadyState(IntStream.rangeClosed(1, 12).mapToObj(i -> second(i, i <= 7 ? 100 : 150, 1)).toList(),
                true);

        assertEquals(List.of(), warnings.sentences());
    }

    @Test
    void warnsOfAcknowledgementsFromMemory() {
        warnings.checkAcknowledgements(Map.of("committed", 0L, "journaled", 0L, "memory", 1_200L));

        assertEquals(List.of(
                "Unsafe: 1,200 of 1,200 adds were acknowledged from memory and are lost when the program crashes "
                        + "before they are stored; do not compare their latency with that of durable adds."),
                warnings.sentences());
    }

    @Test
    void warnsOfMixedDurability() {
        warnings.checkAcknowledgements(Map.of("committed", 10L, "journaled", 20L, "memory", 0L));

        assertEquals(List.of("The adds of this run were acknowledged in different ways; their percentiles mix them."),
                warnings.sentences());
    }

    @Test
    void acceptsDurableAcknowledgements() {
        warnings.checkAcknowledgements(Map.of("committed", 0L, "journaled", 20L, "memory", 0L));

        assertEquals(List.of(), warnings.sentences());
    }

    @Test
    void namesThePercentilesWithFewSamples() {
        warnings.checkSamples(Map.of("add", new OperationResult(5000, 0, 1, p99(1), p99(1))));

        assertEquals(List.of("add: few samples (5,000): fewer than 100 lie above p99, p99.9, so they are rough."),
                warnings.sentences());
    }
}
