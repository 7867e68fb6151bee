package dev.memfuse.metrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.SplittableRandom;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HodgesLehmannTest {
    /// Depression scores before and after a tranquilizer: Hollander and Wolfe, table 3.1. The book's estimate is -0.46
    /// and its 96.1 % interval -0.786 to -0.010.
    private static final double[] SCORES = {0.878 - 1.83, 0.647 - 0.50, 0.598 - 1.62, 2.05 - 2.48, 1.06 - 1.68,
            1.29 - 1.88, 1.06 - 1.55, 3.14 - 3.06, 1.29 - 1.30};

    @Test
    void knownExampleOfTheLiterature() {
        HodgesLehmann estimate = HodgesLehmann.of(SCORES);
        Interval interval = estimate.interval(0.05);
        assertEquals(-0.46, interval.estimate(), 1e-9);
        assertEquals(-0.786, interval.low(), 1e-9);
        assertEquals(-0.010, interval.high(), 1e-9);
        assertEquals(0.0390625, estimate.pValue(), 1e-12, "V = 5 of 9 pairs");
        assertEquals(0.0390625, estimate.achievedAlpha(0.05), 1e-12);
        assertTrue(estimate.exact());
    }

    @Test
    void intervalTakesSixPairs() {
        double[] five = {1, 2, 3, 4, 5};
        assertFalse(HodgesLehmann.of(five).interval(0.05).bounded());
        assertEquals(3, HodgesLehmann.of(five).interval(0.05).estimate());
        assertTrue(HodgesLehmann.of(new double[]{1, 2, 3, 4, 5, 6}).interval(0.05).bounded());
        assertEquals(6, HodgesLehmann.smallestSample(0.05));
        assertEquals(8, HodgesLehmann.smallestSample(0.01));
        assertEquals(5, HodgesLehmann.smallestSample(0.0625), "2 of 32 sign patterns");
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 9, 20, 25, 26, 40, 200})
    void pValueIsThatOfTheSignedRankTest(int pairs) {
        SplittableRandom random = new SplittableRandom(pairs);
        for (int i = 0; i < 20; i++) {
            double[] differences = random.doubles(pairs, -1, 1.5).toArray();
            double expected = WilcoxonSignedRankTest.withDefaults().with(AlternativeHypothesis.TWO_SIDED)
                    .with(pairs <= 25 ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC).test(differences).getPValue();
            assertEquals(expected, HodgesLehmann.of(differences).pValue(), 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 13, 25, 26, 60})
    void pValueAndIntervalAgree(int pairs) {
        SplittableRandom random = new SplittableRandom(pairs);
        EnumSet<Side> seen = EnumSet.noneOf(Side.class);
        for (int i = 0; i < 300; i++) {
            double shift = random.nextInt(-5, 6) * 0.1;
            // Few different values, so that there are ties and zeros.
            double[] differences = random.ints(pairs, -4, 5).mapToDouble(value -> value * 0.25 + shift).toArray();
            HodgesLehmann estimate = HodgesLehmann.of(differences);
            boolean excluded = !estimate.interval(0.05).contains(0);
            assertEquals(excluded, estimate.pValue() <= 0.05, () -> estimate.interval(0.05) + " " + estimate.pValue());
            seen.add(excluded ? Side.OUTSIDE : Side.INSIDE);
        }
        assertEquals(EnumSet.allOf(Side.class), seen);
    }

    private enum Side {
        INSIDE,
        OUTSIDE
    }

    @Test
    void equalDifferencesHaveAnIntervalOfOnePoint() {
        HodgesLehmann none = HodgesLehmann.of(new double[10]);
        assertEquals(new Interval(0, 0, 0), none.interval(0.05));
        assertEquals(1, none.pValue());
    }

    @Test
    void sampleMustBeFiniteAndNotEmpty() {
        assertThrows(IllegalArgumentException.class, () -> HodgesLehmann.of(new double[0]));
        assertThrows(IllegalArgumentException.class, () -> HodgesLehmann.of(new double[]{1, Double.NaN}));
    }

    @Test
    void oneOutlierInTwentyMovesTheEstimateLittle() {
        double[] differences = new SplittableRandom(3).doubles(20, -1, 1).toArray();
        double before = HodgesLehmann.estimate(differences);
        differences[7] = 1e6;
        assertEquals(before, HodgesLehmann.estimate(differences), 0.2);
        assertEquals(HodgesLehmann.of(differences).interval(0.05).estimate(), HodgesLehmann.estimate(differences));
    }
}
