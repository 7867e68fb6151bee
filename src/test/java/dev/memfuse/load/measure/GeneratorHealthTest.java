package dev.memfuse.load.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.load.Saturation;
import dev.memfuse.load.Verdict;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/// The limits of the load generator's own saturation.
class GeneratorHealthTest {
    private static Verdict verdict(GeneratorHealth health) {
        return Verdict.of(health.reasons());
    }

    @Test
    void withinTheLimitsARunIsGood() {
        assertEquals(Verdict.GOOD, verdict(GeneratorHealth.UNKNOWN));
        assertEquals(Verdict.GOOD, verdict(new GeneratorHealth(1, 0.1, 0.2)));
    }

    @Test
    void pausesOfTheCollectorMakeARunVoid() {
        Verdict verdict = verdict(new GeneratorHealth(0.5, 0.11, 0.5));

        assertEquals(Verdict.Outcome.VOID, verdict.outcome());
        assertEquals(1, verdict.reasons().size(), "pauses are those of the collector");
        assertTrue(verdict.reasons().getFirst().sentence().contains("the collector stopped the process"),
                verdict.toString());
    }

    @Test
    void pausesOfTheProcessMakeARunVoidAndNameTheProcessors() {
        Verdict verdict = verdict(new GeneratorHealth(0.99, 0.01, 0.31));

        assertEquals(Verdict.Outcome.VOID, verdict.outcome());
        assertEquals("Void as a measurement of the engine: the load generator could not run for 31 % of the time, in "
                + "pauses of more than 10 ms (at most 20 % may); the processors were busy to 99 %.",
                verdict.reasons().getFirst().sentence());
    }

    @Test
    void busyProcessorsAreANote() {
        assertEquals(List.of(), new GeneratorHealth(0.94, 0, 0).warnings());
        assertEquals(1, new GeneratorHealth(0.96, 0, 0).warnings().size());
        assertEquals(List.of(), GeneratorHealth.UNKNOWN.warnings());
    }

    @Test
    void saturationNamesItsCauseInAFewWords() {
        assertEquals(List.of(), GeneratorHealth.UNKNOWN.saturation(true));
        assertEquals(List.of("the collector took 11 % of the time"), causes(new GeneratorHealth(0.5, 0.11, 0.5), true));
        assertEquals(List.of("it could not run for 31 % of the time", "processors busy to 99 %"),
                causes(new GeneratorHealth(0.99, 0.01, 0.31), true));
        assertEquals(List.of("processors busy to 99 %"), causes(new GeneratorHealth(0.99, 0.01, 0.31), false),
                "a closed load has no schedule");
    }

    private static List<String> causes(GeneratorHealth health, boolean open) {
        return health.saturation(open).stream().map(Saturation::cause).toList();
    }

    @Test
    void pausesBelowTenMillisecondsAreNone() {
        Histogram pauses = new Histogram(3);
        pauses.recordValue(9_000_000);
        assertEquals(0, GeneratorHealth.of(0.5, 0, pauses, 1).paused());
        pauses.recordValue(400_000_000);
        assertEquals(0.4, GeneratorHealth.of(0.5, 0, pauses, 1).paused(), 0.001);
        assertEquals(GeneratorHealth.UNKNOWN, GeneratorHealth.of(0.5, 0, pauses, 0));
    }
}
