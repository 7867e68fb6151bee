package dev.memfuse.metrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniversalScalabilityTest {
    private static final double[] LEVELS = {1, 2, 4, 8, 12, 16, 24, 32, 48, 64};

    private static double law(double n, double rate, double contention, double coherency) {
        return rate * n / (1 + contention * (n - 1) + coherency * n * (n - 1));
    }

    private static UniversalScalability fit(double[] levels, double[] throughputs) {
        return assertInstanceOf(UniversalScalability.class, UniversalScalability.fit(levels, throughputs, 0.05));
    }

    private static double[] points(double rate, double contention, double coherency, double noise, SplittableRandom r) {
        return Arrays.stream(LEVELS)
                .map(n -> law(n, rate, contention, coherency) * Math.exp(noise * r.nextGaussian())).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1000, 0.02, 0.0005", "40, 0.2, 0.01", "1, 0, 0.001", "5000, 0.1, 0", "12.5, 0, 0", "300, 0.9, 0.1"})
    void exactPointsGiveTheirCoefficients(double rate, double contention, double coherency) {
        UniversalScalability fit = fit(LEVELS, points(rate, contention, coherency, 0, new SplittableRandom(1)));
        assertEquals(rate, fit.rate().estimate(), rate * 1e-6);
        assertEquals(contention, fit.contention().estimate(), 1e-7);
        assertEquals(coherency, fit.coherency().estimate(), 1e-8);
        assertEquals(law(20, rate, contention, coherency), fit.throughput(20).estimate(), rate * 1e-4);
        if (coherency > 1e-6) {
            assertEquals(Math.sqrt((1 - contention) / coherency), fit.knee().orElseThrow(), 1e-3);
        }
    }

    @Test
    void intervalsCoverTheTrueCoefficients() {
        SplittableRandom random = new SplittableRandom(2);
        int[] covered = new int[5];
        int runs = 1_000;
        for (int i = 0; i < runs; i++) {
            UniversalScalability fit = fit(LEVELS, points(800, 0.05, 0.001, 0.03, random));
            covered[0] += fit.rate().contains(800) ? 1 : 0;
            covered[1] += fit.contention().contains(0.05) ? 1 : 0;
            covered[2] += fit.coherency().contains(0.001) ? 1 : 0;
            covered[3] += fit.kneeInterval().contains(Math.sqrt(0.95 / 0.001)) ? 1 : 0;
            covered[4] += fit.throughput(32).contains(law(32, 800, 0.05, 0.001)) ? 1 : 0;
        }
        for (int count : covered) {
            assertTrue(count >= 930 && count <= 970, () -> Arrays.toString(covered));
        }
    }

    @Test
    void pointsWithoutAPeakHaveNoKnee() {
        UniversalScalability superlinear = fit(LEVELS, Arrays.stream(LEVELS).map(n -> 10 * Math.pow(n, 1.1)).toArray());
        assertEquals(0, superlinear.contention().estimate());
        assertEquals(0, superlinear.coherency().estimate());
        assertTrue(superlinear.knee().isEmpty());
        assertFalse(superlinear.kneeInterval().bounded());
    }

    @Test
    void fewerThanSixLevelsAreRefusedWithASentence() {
        double[] levels = {1, 2, 2, 4, 4, 8, 16};
        ScalabilityFit.Refused refused = assertInstanceOf(ScalabilityFit.Refused.class,
                UniversalScalability.fit(levels, new double[]{1, 2, 2, 3, 3, 4, 5}, 0.05));
        assertEquals("The Universal Scalability Law needs at least 6 different levels, but there are 5.",
                refused.reason());
        double[] stalled = points(100, 0.1, 0.001, 0, new SplittableRandom(1));
        stalled[9] = 0;
        assertInstanceOf(ScalabilityFit.Refused.class, UniversalScalability.fit(LEVELS, stalled, 0.05));
        assertThrows(IllegalArgumentException.class, () -> UniversalScalability.fit(LEVELS, levels, 0.05));
    }

    @Test
    void littlesLawTellsAWrongMeasurement() {
        LittlesLaw right = LittlesLaw.check(10.2, 500, 20, LittlesLaw.TOLERANCE);
        assertTrue(right.agrees());
        assertEquals(10, right.expected(), 1e-9);
        assertEquals("Little's law holds: 10.2 operations in flight, throughput times latency is 10.0.",
                right.sentence());
        LittlesLaw wrong = LittlesLaw.check(16, 500, 20, LittlesLaw.TOLERANCE);
        assertFalse(wrong.agrees());
        assertTrue(wrong.sentence().startsWith("Little's law does not hold"), wrong.sentence());
        assertTrue(LittlesLaw.check(0, 0, 0, LittlesLaw.TOLERANCE).agrees(), "an idle point");
        assertFalse(LittlesLaw.check(Double.NaN, 500, 20, LittlesLaw.TOLERANCE).agrees());
    }
}
