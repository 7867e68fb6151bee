package dev.memfuse.metrics.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

/// The bootstraps and the corrections against figures of the literature and against their definitions.
class ResamplingTest {
    /// The variances of 26 children's test A, the running example of Efron and Tibshirani (1993), tables 14.1 and 14.2:
    /// estimate 171.5, BCa interval of 90 % 115.8 to 259.6, from 2,000 resamples.
    private static final double[] SPATIAL = {48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32,
            24, 47, 41, 24, 26, 30, 41};

    private static double variance(double[] sample) {
        double mean = Means.mean(sample);
        double sum = 0;
        for (double value : sample) {
            sum += (value - mean) * (value - mean);
        }
        return sum / sample.length;
    }

    @Test
    void bcaOfTheLiterature() {
        Interval interval = Bca.of(SPATIAL, ResamplingTest::variance, 0.1, Bca.RESAMPLES, 1);
        assertEquals(171.5, interval.estimate(), 0.1);
        assertEquals(115.8, interval.low(), 4);
        assertEquals(259.6, interval.high(), 8);
    }

    @Test
    void sameSeedGivesTheSameInterval() {
        Interval first = Bca.of(SPATIAL, Means::median, 0.05, 2_000, 7);
        assertEquals(first, Bca.of(SPATIAL, Means::median, 0.05, 2_000, 7));
        assertFalse(Bca.of(new double[]{3}, Means::mean, 0.05, 2_000, 7).bounded());
        assertEquals(new Interval(3, 3, 3), Bca.of(new double[]{3, 3, 3}, Means::mean, 0.05, 2_000, 7));
    }

    private static double[] autoregressive(int length, double correlation, SplittableRandom random) {
        double[] series = new double[length];
        double value = random.nextGaussian();
        for (int i = 0; i < length; i++) {
            series[i] = value;
            value = correlation * value + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
        }
        return series;
    }

    @Test
    void blocksGrowWithTheAutocorrelation() {
        SplittableRandom random = new SplittableRandom(4);
        assertTrue(BlockBootstrap.blockLength(autoregressive(2_000, 0, random)) <= 5);
        int length = BlockBootstrap.blockLength(autoregressive(2_000, 0.8, random));
        assertTrue(length > 15 && length < 120, () -> "length " + length);
        assertEquals(1, BlockBootstrap.blockLength(new double[20]), "equal values");
    }

    @Test
    void blockBootstrapCoversTheMeanOfACorrelatedSeries() {
        SplittableRandom random = new SplittableRandom(5);
        double blocks = coverage(random, series -> BlockBootstrap.of(series, Means::mean, 1_000, 1).interval(0.05));
        double independent = coverage(random, series -> Means.interval(series, 0.05));
        assertTrue(blocks >= 0.90 && blocks <= 0.99, () -> "covers " + blocks);
        assertTrue(independent < 0.75, () -> "an interval for independent values covers " + independent);
    }

    private static double coverage(SplittableRandom random, Function<double[], Interval> method) {
        int covered = 0;
        int runs = 400;
        for (int i = 0; i < runs; i++) {
            covered += method.apply(autoregressive(120, 0.6, random)).contains(0) ? 1 : 0;
        }
        return (double) covered / runs;
    }

    @Test
    void pValueOfBlocksAgreesWithTheirInterval() {
        SplittableRandom random = new SplittableRandom(6);
        int differs = 0;
        for (int i = 0; i < 100; i++) {
            double[] series = autoregressive(40, 0.5, random);
            BlockBootstrap blocks = BlockBootstrap.of(series, Means::mean, 2_000, 1);
            boolean excluded = !blocks.interval(0.05).contains(0);
            // Both count resamples, so that they may differ when the bound is 0.
            differs += excluded == blocks.pValue() < 0.05 ? 0 : 1;
        }
        assertTrue(differs <= 2, "differs " + differs + " times");
        assertThrows(IllegalArgumentException.class, () -> BlockBootstrap.of(new double[3], Means::mean, 100, 1));
    }

    @Test
    void autocorrelationOfKnownSeries() {
        assertEquals(0.8, Autocorrelation.at(autoregressive(5_000, 0.8, new SplittableRandom(8)), 1), 0.03);
        assertEquals(0.64, Autocorrelation.at(autoregressive(5_000, 0.8, new SplittableRandom(8)), 2), 0.05);
        assertEquals(-1, Autocorrelation.at(new double[]{1, -1, 1, -1, 1, -1, 1, -1}, 1), 0.13);
        assertEquals(0, Autocorrelation.at(new double[]{5, 5, 5, 5}, 1));
        assertEquals(0, Autocorrelation.at(new double[]{5, 6}, 2));
    }

    @Test
    void holmMultipliesTheSmallestMostAndKeepsTheOrder() {
        double[] adjusted = Holm.adjust(0.01, 0.04, 0.03, 0.005);
        assertEquals(0.03, adjusted[0], 1e-12);
        assertEquals(0.06, adjusted[1], 1e-12);
        assertEquals(0.06, adjusted[2], 1e-12);
        assertEquals(0.02, adjusted[3], 1e-12);
        assertEquals(0, Holm.adjust().length);
        assertEquals(1, Holm.adjust(0.9, 0.8)[0]);
    }

    @Test
    void boundariesOfTheLiterature() {
        // Jennison and Turnbull (2000), table 2.3: 1.977, 2.004, 2.024, 2.040 for 2 to 5 looks.
        double[] constants = {1.977, 2.004, 2.024, 2.040};
        int[][] looks = {{10, 20}, {5, 10, 15}, {8, 16, 24, 32}, {4, 8, 12, 16, 20}};
        for (int i = 0; i < constants.length; i++) {
            GroupSequential plan = GroupSequential.obrienFleming(0.05, looks[i]);
            int last = looks[i][looks[i].length - 1];
            assertEquals(constants[i], Means.z(1 - plan.alphaAt(last) / 2), 0.001);
        }
        GroupSequential one = GroupSequential.obrienFleming(0.05, 20);
        assertEquals(0.05, one.alphaAt(20), 1e-5);
    }

    @Test
    void onlyPlannedLooksHaveAnAlpha() {
        GroupSequential plan = GroupSequential.obrienFleming(0.05, 8, 16, 24, 32);
        assertTrue(plan.isLook(16));
        assertFalse(plan.isLook(12));
        assertTrue(plan.alphaAt(8) < 0.0001 && plan.alphaAt(16) < plan.alphaAt(24));
        assertNotEquals(plan.alphaAt(24), plan.alphaAt(32));
        assertThrows(IllegalArgumentException.class, () -> plan.alphaAt(12));
        assertThrows(IllegalArgumentException.class, () -> GroupSequential.obrienFleming(0.05, 8, 8));
        assertThrows(IllegalArgumentException.class, () -> GroupSequential.obrienFleming(0.05));
    }

    @Test
    void pairedProportionsKeepTheirCoverageForFewDiscordantPairs() {
        SplittableRandom random = new SplittableRandom(9);
        int covered = 0;
        for (int run = 0; run < 2_000; run++) {
            int onlyA = 0;
            int onlyB = 0;
            for (int question = 0; question < 100; question++) {
                double draw = random.nextDouble();
                onlyA += draw < 0.04 ? 1 : 0;
                onlyB += draw > 0.98 ? 1 : 0;
            }
            covered += PairedProportions.difference(onlyA, onlyB, 100, 0.05).contains(-0.02) ? 1 : 0;
        }
        assertTrue(covered >= 1_860 && covered <= 1_980, "covers " + covered + " of 2,000");
        Interval none = PairedProportions.difference(0, 0, 200, 0.05);
        assertTrue(none.low() < 0 && none.high() > 0 && none.high() < 0.03, none::toString);
    }
}
