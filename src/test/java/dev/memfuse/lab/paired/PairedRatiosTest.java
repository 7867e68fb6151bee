package dev.memfuse.lab.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.memfuse.metrics.stats.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairedRatiosTest {
    private static final double MARGIN = 0.03;
    private static final double ALPHA = 0.05;

    private static PairedRatios pairs(int pairs, double ratio, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] a = IntStream.range(0, pairs).mapToDouble(i -> 20 * Math.exp(noise * random.nextGaussian())).toArray();
        double[] b = IntStream.range(0, pairs).mapToDouble(i -> 20 * ratio * Math.exp(noise * random.nextGaussian()))
                .toArray();
        return PairedRatios.of(a, b);
    }

    private static RatioEstimate estimate(PairedRatios pairs) {
        return pairs.estimate(MARGIN, ALPHA, Direction.LOWER_IS_BETTER);
    }

    @ParameterizedTest
    @CsvSource({"0.8, LOWER_IS_BETTER, BETTER", "0.8, HIGHER_IS_BETTER, WORSE", "1.25, LOWER_IS_BETTER, WORSE",
            "1.25, HIGHER_IS_BETTER, BETTER", "1, LOWER_IS_BETTER, SAME", "1.004, HIGHER_IS_BETTER, SAME"})
    void directionAndMarginDecide(double ratio, Direction direction, Decision expected) {
        RatioEstimate estimate = pairs(20, ratio, 0.01, 1).estimate(MARGIN, ALPHA, direction);
        assertEquals(expected, estimate.decision(), estimate::toString);
        assertEquals(ratio, estimate.ratio(), 0.02);
        assertEquals(0, estimate.pairsNeeded());
        assertEquals("Hodges-Lehmann, exact signed ranks", estimate.method());
    }

    @Test
    void differenceWithinTheMarginIsSameThoughItIsSure() {
        RatioEstimate estimate = estimate(pairs(20, 1.015, 0.002, 2));
        assertTrue(estimate.low() > 1 && estimate.pValue() < 0.001, estimate::toString);
        assertEquals(Decision.SAME, estimate.decision());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void fewPairsAreNotEnoughHoweverFarApart(int count) {
        RatioEstimate estimate = estimate(pairs(count, 3, 0.01, 3));
        assertEquals(Decision.NOT_ENOUGH, estimate.decision());
        assertFalse(estimate.bounded());
        assertEquals(0, estimate.low());
        assertEquals(Double.POSITIVE_INFINITY, estimate.high());
        assertEquals("none: an interval takes at least 6 pairs", estimate.method());
        assertEquals(6 - count, estimate.pairsNeeded());
        assertEquals(3, estimate.ratio(), 0.1);
    }

    @Test
    void noPairIsNotEnough() {
        RatioEstimate estimate = estimate(PairedRatios.of(new double[0], new double[0]));
        assertEquals(Decision.NOT_ENOUGH, estimate.decision());
        assertTrue(Double.isNaN(estimate.ratio()) && !estimate.bounded());
    }

    @Test
    void missingPairsAreThoseThatDecide() {
        for (double ratio : new double[]{1, 1.06}) {
            int decided = 0;
            int undecided = 0;
            for (int seed = 0; undecided < 40; seed++) {
                RatioEstimate first = estimate(pairs(8, ratio, 0.05, seed));
                if (first.decision() == Decision.NOT_ENOUGH && Math.abs(first.ratio() - ratio) < 0.01) {
                    undecided++;
                    assertTrue(first.pairsNeeded() > 0);
                    RatioEstimate more = estimate(pairs(8 + first.pairsNeeded(), ratio, 0.05, seed + 1_000));
                    decided += more.decision() == Decision.NOT_ENOUGH ? 0 : 1;
                }
            }
            int share = decided;
            assertTrue(share >= 24, () -> "decided " + share + " of 40 at " + ratio);
        }
    }

    @Test
    void zerosHaveNoRatio() {
        double[] zeros = new double[10];
        double[] ones = new double[10];
        Arrays.fill(ones, 1);
        assertEquals(Decision.SAME, estimate(PairedRatios.of(zeros, zeros)).decision());
        RatioEstimate none = estimate(PairedRatios.of(zeros, ones));
        assertEquals(Decision.NOT_ENOUGH, none.decision());
        assertEquals("none: a value of 0 has no ratio", none.method());
        assertEquals(RatioEstimate.NO_END, none.pairsNeeded());
        assertThrows(IllegalStateException.class, () -> PairedRatios.of(zeros, ones).check(ALPHA));
    }

    @Test
    void countsWithoutNoiseAreDecided() {
        double[] five = new double[8];
        double[] three = new double[8];
        Arrays.fill(five, 5);
        Arrays.fill(three, 3);
        RatioEstimate estimate = estimate(PairedRatios.of(five, three));
        assertEquals(Decision.BETTER, estimate.decision());
        assertEquals(0.6, estimate.low(), 1e-12);
        assertEquals(0.6, estimate.high(), 1e-12);
        assertEquals(Decision.SAME, estimate(PairedRatios.of(five, five)).decision());
    }

    @Test
    void valuesMustBePairedAndFinite() {
        double[] two = {1, 2};
        assertThrows(IllegalArgumentException.class, () -> PairedRatios.of(two, new double[]{1}));
        assertThrows(IllegalArgumentException.class, () -> PairedRatios.of(two, new double[]{1, -1}));
        assertThrows(IllegalArgumentException.class, () -> PairedRatios.of(two, new double[]{1, Double.NaN}));
    }

    @Test
    void bootstrapChecksTheInterval() {
        PairedRatios pairs = pairs(20, 1.1, 0.05, 5);
        RatioEstimate estimate = estimate(pairs);
        Interval check = pairs.check(ALPHA);
        assertEquals(estimate.ratio(), check.estimate(), 1e-9);
        assertEquals(estimate.low(), check.low(), 0.01);
        assertEquals(estimate.high(), check.high(), 0.01);
    }

    @Test
    void correlatedPairsGoToBlocksOfNeighbours() {
        double[] a = new double[30];
        Arrays.fill(a, 10);
        double[] b = IntStream.range(0, 30).mapToDouble(i -> 10 * Math.exp(0.05 * Math.sin(i / 4.0))).toArray();
        RatioEstimate estimate = estimate(PairedRatios.of(a, b));
        assertTrue(estimate.method().matches("Hodges-Lehmann, moving-block bootstrap, blocks of \\d+ pairs"),
                estimate.method());
        assertTrue(estimate.bounded() && estimate.low() < 1 && estimate.high() > 1, estimate::toString);
    }

    @Test
    void smallestDifferenceOfEqualArmsIsFoundInFourOfFive() {
        PairedRatios equal = pairs(200, 1, 0.05, 6);
        double smallest = equal.smallestDifference(20, ALPHA);
        int found = 0;
        for (int seed = 0; seed < 500; seed++) {
            found += estimate(pairs(20, 1 + smallest, 0.05, seed)).low() > 1 ? 1 : 0;
        }
        assertEquals(0.8, found / 500.0, 0.06, "at " + smallest);
        assertTrue(equal.smallestDifference(80, ALPHA) < smallest * 0.55);
        assertEquals(Double.POSITIVE_INFINITY, equal.smallestDifference(5, ALPHA));
        assertTrue(Double.isFinite(pairs(4, 1, 0.05, 6).smallestDifference(20, ALPHA)));
    }

    @Test
    void secondaryMetricsAreCorrectedTogether() {
        RatioEstimate clear = estimate(pairs(20, 1.3, 0.02, 7));
        RatioEstimate narrow = new RatioEstimate(1.06, 1.001, 1.12, 0.04, "m", 20, Decision.WORSE, 0);
        RatioEstimate same = estimate(pairs(20, 1, 0.01, 8));
        List<RatioEstimate> corrected = SecondaryMetrics.correct(List.of(narrow, clear, same), ALPHA);
        assertEquals(List.of(Decision.NOT_ENOUGH, Decision.WORSE, Decision.SAME),
                corrected.stream().map(RatioEstimate::decision).toList());
        assertTrue(corrected.getFirst().pairsNeeded() > 5, corrected::toString);
        assertEquals(0.08, corrected.getFirst().pValue(), 1e-9);
        assertEquals(Decision.WORSE, SecondaryMetrics.correct(List.of(narrow), ALPHA).getFirst().decision());
    }

    @Test
    void recallIsComparedInPoints() {
        double[] a = {0.9, 0.92, 0.88, 0.91, 0.9, 0.93, 0.89, 0.9};
        PointsEstimate same = PairedPoints.of(a, a).estimate(1, ALPHA);
        assertEquals(Decision.SAME, same.decision());
        assertTrue(same.keptWithin(1) && !same.fellBeyond(1));
        double[] lower = Arrays.stream(a).map(share -> share - 0.04 + (share > 0.9 ? 0.01 : 0)).toArray();
        PointsEstimate fell = PairedPoints.of(a, lower).estimate(1, ALPHA);
        assertEquals(Decision.WORSE, fell.decision());
        assertTrue(fell.fellBeyond(1) && !fell.keptWithin(1), fell::toString);
        assertEquals(-3.6, fell.points(), 0.1);
        double[] noisy = {0.95, 0.87, 0.93, 0.86, 0.95, 0.88, 0.94, 0.85};
        PointsEstimate unsure = PairedPoints.of(a, noisy).estimate(1, ALPHA);
        assertEquals(Decision.NOT_ENOUGH, unsure.decision());
        assertTrue(!unsure.fellBeyond(1) && !unsure.keptWithin(1) && unsure.pairsNeeded() > 0, unsure::toString);
        assertFalse(PairedPoints.of(new double[]{1}, new double[]{0}).estimate(1, ALPHA).keptWithin(1));
        assertThrows(IllegalArgumentException.class, () -> PairedPoints.of(a, new double[]{1}));
        assertThrows(IllegalArgumentException.class, () -> PairedPoints.of(new double[]{90}, new double[]{91}));
    }
}
