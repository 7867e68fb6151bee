package dev.memfuse.lab.paired;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Blocks of a comparison with a known ratio between the arms, in the order ABBA or BAAB.
///
/// Each block's value is the 90th percentile of log-normal latencies. The level of the machine moves between blocks by
/// AR(1) noise and drifts; one block in twenty is disturbed.
///
/// @param correlation of the noise of neighbouring blocks, 0..1 exclusive
/// @param noise standard deviation of the logarithm of the level
/// @param drift added to the logarithm of the level per block
/// @param outliers share of disturbed blocks, 0..1
/// @param ratio true ratio of B to A
record SimulatedBlocks(double correlation, double noise, double drift, double outliers, double ratio) {
    private static final int LATENCIES = 40;
    private static final double SPREAD = 0.3;
    private static final double DISTURBANCE = 0.4;

    /// The values of the pairs.
    static final class Pairs {
        private final double[] a;
        private final double[] b;

        private Pairs(double[] a, double[] b) {
            this.a = a;
            this.b = b;
        }

        PairedRatios ratios() {
            return PairedRatios.of(a, b);
        }

        Pairs first(int pairs) {
            return new Pairs(Arrays.copyOf(a, pairs), Arrays.copyOf(b, pairs));
        }
    }

    /// Returns the noise of the usual simulation: AR(1) with correlation 0.5, 4 % a block, drift, one outlier in
    /// twenty.
    static SimulatedBlocks usual(double ratio) {
        return new SimulatedBlocks(0.5, 0.04, 0.002, 0.05, ratio);
    }

    /// Simulates an even number of pairs.
    Pairs run(int pairs, SplittableRandom random) {
        double[] a = new double[pairs];
        double[] b = new double[pairs];
        double level = noise * random.nextGaussian();
        for (int four = 0; four < pairs; four += 2) {
            boolean startsWithB = random.nextBoolean();
            for (int block = 0; block < 4; block++) {
                level = correlation * level
                        + noise * Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
                boolean isB = (block == 1 || block == 2) != startsWithB;
                double disturbed = random.nextDouble() < outliers ? DISTURBANCE : 0;
                double center = level + drift * (2 * four + block) + disturbed + (isB ? Math.log(ratio) : 0);
                (isB ? b : a)[four + block / 2] = percentile(center, random);
            }
        }
        return new Pairs(a, b);
    }

    private static double percentile(double center, SplittableRandom random) {
        double[] latencies = new double[LATENCIES];
        for (int i = 0; i < LATENCIES; i++) {
            latencies[i] = Math.exp(center + SPREAD * random.nextGaussian());
        }
        Arrays.sort(latencies);
        return latencies[LATENCIES * 9 / 10 - 1];
    }
}
