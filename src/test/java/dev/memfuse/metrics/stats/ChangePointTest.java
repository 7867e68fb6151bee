package dev.memfuse.metrics.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Change points and warm-up in series whose answer is known.
class ChangePointTest {
    private static final WarmUp.Bounds BOUNDS = new WarmUp.Bounds(2, 30, 0.1);

    private static double[] series(int length, double noise, long seed, IntToDoubleFunction level) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, length).mapToDouble(i -> level.applyAsDouble(i) * (1 + noise * random.nextGaussian()))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"60, 10, 500, 0.05", "60, 25, 700, 0.05", "120, 90, 900, 0.02", "40, 5, 100, 0.1",
            "60, 50, 1350, 0.05"})
    void stepIsFoundWithinOneSecond(int length, int at, double before, double noise) {
        for (long seed = 0; seed < 50; seed++) {
            int[] changes = ChangePoint.find(series(length, noise, seed, i -> i < at ? before : 1_000));
            assertTrue(Arrays.stream(changes).anyMatch(change -> Math.abs(change - at) <= 1),
                    "seed " + seed + ": " + Arrays.toString(changes));
        }
    }

    @Test
    void steadySeriesSeldomHasAChange() {
        int alarms = 0;
        for (long seed = 0; seed < 400; seed++) {
            alarms += ChangePoint.find(series(60, 0.05, seed, i -> 1_000)).length > 0 ? 1 : 0;
        }
        assertTrue(alarms <= 20, alarms + " of 400");
    }

    @Test
    void singleOutlierIsNoChange() {
        double[] series = series(60, 0.05, 1, i -> 1_000);
        series[20] = 5_000;
        series[40] = 0;
        assertArrayEquals(new int[0], ChangePoint.find(series));
    }

    @Test
    void shortOrConstantSeriesHaveNone() {
        assertArrayEquals(new int[0], ChangePoint.find(new double[0]));
        assertArrayEquals(new int[0], ChangePoint.find(new double[]{1, 2, 3, 4, 5}));
        assertArrayEquals(new int[0], ChangePoint.find(new double[100]));
        double[] step = IntStream.range(0, 100).mapToDouble(i -> i < 50 ? 0 : 1).toArray();
        assertArrayEquals(new int[]{50}, ChangePoint.find(step), "without noise");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 10, 20})
    void warmUpEndsWhereTheLaterOfBothMetricsSettles(int at) {
        for (long seed = 0; seed < 30; seed++) {
            double[] throughput = series(60, 0.04, seed, i -> i < 3 ? 200 : 1_000);
            double[] p50 = series(60, 0.04, seed + 99, i -> i < at ? 9 : 3);
            WarmUp warmUp = WarmUp.detect(throughput, p50, BOUNDS);
            assertTrue(warmUp.settled());
            assertEquals(at, warmUp.windows(), 1, "seed " + seed);
        }
    }

    @Test
    void slowApproachEndsWithinTheTolerance() {
        double[] throughput = series(60, 0.02, 2, i -> 1_000 * (1 - Math.exp(-i / 4.0)) + 10);
        WarmUp warmUp = WarmUp.detect(throughput, series(60, 0.02, 3, i -> 3), BOUNDS);
        assertTrue(warmUp.settled());
        assertTrue(warmUp.windows() >= 6 && warmUp.windows() <= 14, warmUp::toString);
    }

    @Test
    void runThatNeverSettlesSaysSo() {
        double[] falling = series(60, 0.02, 4, i -> 1_000 - 12 * i);
        WarmUp warmUp = WarmUp.detect(falling, series(60, 0.02, 5, i -> 3), BOUNDS);
        assertEquals(new WarmUp(30, false), warmUp);
        assertFalse(WarmUp.detect(new double[]{1, 1}, new double[]{1, 1}, BOUNDS).settled(), "too short to tell");
    }

    @Test
    void windowsWithoutOperationBelongToTheWarmUp() {
        double[] p50 = series(40, 0.02, 6, i -> 3);
        Arrays.fill(p50, 0, 7, Double.NaN);
        assertEquals(7, WarmUp.detect(series(40, 0.02, 7, i -> i < 7 ? 0 : 1_000), p50, BOUNDS).windows());
    }

    private static SteadyState.State run(SteadyState state, double[] operations, double[] p50) {
        SteadyState.State last = SteadyState.State.WARMING;
        for (int i = 0; i < operations.length && last == SteadyState.State.WARMING; i++) {
            last = state.add(operations[i], p50[i]);
        }
        return last;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void runningWarmUpEndsSoonAfterTheStep(long seed) {
        SteadyState state = new SteadyState(BOUNDS);
        assertEquals(SteadyState.State.SETTLED, run(state, series(40, 0.03, seed, i -> i < 8 ? 300 : 1_000),
                series(40, 0.03, seed + 9, i -> i < 8 ? 10.0 / (i + 1) + 3 : 3)));
        assertTrue(state.windows() >= 8 && state.windows() <= 8 + SteadyState.WINDOWS + 1, () -> "" + state.windows());
    }

    @Test
    void runningWarmUpEndsAtItsBounds() {
        SteadyState moving = new SteadyState(BOUNDS);
        assertEquals(SteadyState.State.DID_NOT_SETTLE,
                run(moving, series(60, 0.01, 1, i -> 2_000 * Math.pow(0.94, i)), series(60, 0.01, 2, i -> 3)));
        assertEquals(30, moving.windows());
        SteadyState idle = new SteadyState(BOUNDS);
        assertEquals(SteadyState.State.DID_NOT_SETTLE,
                run(idle, new double[60], series(60, 0.01, 2, i -> Double.NaN)));
        SteadyState late = new SteadyState(new WarmUp.Bounds(12, 30, 0.1));
        assertEquals(SteadyState.State.SETTLED, run(late, series(60, 0.01, 3, i -> 900), series(60, 0.01, 4, i -> 3)));
        assertEquals(12, late.windows(), "the minimum");
    }

    @Test
    void poissonArrivalsAtALowRateSettle() {
        SteadyState state = new SteadyState(new WarmUp.Bounds(2, 30, 0.05));
        SplittableRandom random = new SplittableRandom(3);
        double[] arrivals = IntStream.range(0, 30).mapToDouble(i -> 25 + 5 * random.nextGaussian()).toArray();
        assertEquals(SteadyState.State.SETTLED, run(state, arrivals, series(30, 0.1, 4, i -> 3)));
    }
}
