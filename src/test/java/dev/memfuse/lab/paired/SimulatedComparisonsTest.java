package dev.memfuse.lab.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.Predicate;

import dev.memfuse.metrics.stats.GroupSequential;
import dev.memfuse.metrics.stats.PairPower;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A thousand simulated comparisons whose answer is known: the statistics keep what they state.
class SimulatedComparisonsTest {
    private static final int COMPARISONS = 1_000;
    private static final int PAIRS = 20;
    private static final double MARGIN = 0.03;
    private static final double ALPHA = 0.05;

    private static RatioEstimate compare(PairedRatios pairs) {
        return pairs.estimate(MARGIN, ALPHA, Direction.LOWER_IS_BETTER);
    }

    private static int count(SimulatedBlocks blocks, int pairs, Predicate<RatioEstimate> wanted) {
        SplittableRandom random = new SplittableRandom(11);
        int count = 0;
        for (int i = 0; i < COMPARISONS; i++) {
            count += wanted.test(compare(blocks.run(pairs, random).ratios())) ? 1 : 0;
        }
        return count;
    }

    private static void assertBetween(int low, int high, int count, String what) {
        assertTrue(count >= low && count <= high, () -> what + ": " + count + " of " + COMPARISONS);
    }

    private static boolean differs(RatioEstimate estimate) {
        return estimate.decision() == Decision.BETTER || estimate.decision() == Decision.WORSE;
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0.5, 0.002, 0.05", "0.8, 0.005, 0.05"})
    void equalArmsDifferInThreeToSevenOfAHundred(double correlation, double drift, double outliers) {
        SimulatedBlocks blocks = new SimulatedBlocks(correlation, 0.04, drift, outliers, 1);
        assertBetween(30, 70, count(blocks, PAIRS, SimulatedComparisonsTest::differs), "false alarms");
    }

    @Test
    void intervalCoversTheTrueRatio() {
        // 30 pairs: by normal approximation, unlike the false alarms.
        assertBetween(930, 970, count(SimulatedBlocks.usual(1.1), 30,
                estimate -> estimate.low() <= 1.1 && 1.1 <= estimate.high()), "covered");
    }

    /// The power that is stated from the noise of equal arms is the power that is seen.
    @ParameterizedTest
    @CsvSource({"1.05, 0.25", "1.1, 0.68", "1.2, 0.95"})
    void powerIsAsStated(double ratio, double least) {
        double stated = SimulatedBlocks.usual(1).run(400, new SplittableRandom(12)).ratios()
                .power(PAIRS, ratio, ALPHA);
        double seen = count(SimulatedBlocks.usual(ratio), PAIRS, estimate -> estimate.low() > 1) / (double) COMPARISONS;
        assertEquals(stated, seen, 0.06, "power at " + ratio);
        assertTrue(seen >= least, () -> "power " + seen + " at " + ratio);
    }

    @Test
    void equalArmsAreSameInNineOfTenWithEnoughPairs() {
        PairedRatios equal = SimulatedBlocks.usual(1).run(400, new SplittableRandom(13)).ratios();
        double noise = PairedDifferences.of(equal.differences(), ALPHA).noise();
        int enough = PairPower.pairsForSame(noise, 0, Math.log1p(MARGIN), ALPHA, 0.95, RatioEstimate.NO_END);
        int even = enough + enough % 2;
        SplittableRandom random = new SplittableRandom(14);
        int same = 0;
        for (int i = 0; i < 200; i++) {
            same += compare(SimulatedBlocks.usual(1).run(even, random).ratios()).decision() == Decision.SAME ? 1 : 0;
        }
        int found = same;
        assertTrue(found >= 180, () -> "same in " + found + " of 200 with " + even + " pairs");
    }

    @Test
    void looksAtGrowingDataKeepTheOverallAlpha() {
        GroupSequential plan = GroupSequential.obrienFleming(ALPHA, 8, 16, 24, 32);
        SplittableRandom random = new SplittableRandom(15);
        int planned = 0;
        int peeking = 0;
        for (int i = 0; i < COMPARISONS; i++) {
            SimulatedBlocks.Pairs pairs = SimulatedBlocks.usual(1).run(32, random);
            planned += alarm(pairs, plan, true) ? 1 : 0;
            peeking += i < COMPARISONS / 4 && alarm(pairs, plan, false) ? 1 : 0;
        }
        assertBetween(25, 65, planned, "false alarms by the plan");
        assertTrue(peeking > COMPARISONS / 4 * 0.08, "false alarms when every look uses the overall alpha: " + peeking);
    }

    private static boolean alarm(SimulatedBlocks.Pairs pairs, GroupSequential plan, boolean corrected) {
        for (int look : plan.looks()) {
            double alpha = corrected ? plan.alphaAt(look) : ALPHA;
            if (differs(pairs.first(look).ratios().estimate(MARGIN, alpha, Direction.LOWER_IS_BETTER))) {
                return true;
            }
        }
        return false;
    }
}
