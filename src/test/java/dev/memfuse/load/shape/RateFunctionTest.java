package dev.memfuse.load.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RateFunctionTest {
    private static final Path FILE = Path.of("timeline.csv");

    static Stream<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>(List.of(new Shape.Steady(1_000), new Shape.Steady(0.001),
                new Shape.Ramp(0, 500, Duration.ofSeconds(10)), new Shape.Ramp(500, 0, Duration.ofSeconds(10)),
                new Shape.Steps(List.of(10.0, 0.0, 0.0, 200.0, 50.0), Duration.ofMillis(2_500)),
                new Shape.Steps(List.of(0.0, 80.0), Duration.ofSeconds(3)),
                new Shape.Spike(100, 2_000, Duration.ofSeconds(4), Duration.ofMillis(700)),
                new Shape.Spike(100, 0, Duration.ZERO, Duration.ofSeconds(2)),
                new Shape.Sine(200, 200, Duration.ofSeconds(5)), new Shape.Sine(1e6, 3e5, Duration.ofMinutes(10)),
                new Shape.Replay(FILE, 1, List.of(3.0, 0.0, 17.0, 1.0, 0.0))));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 40; i++) {
            double rate = Math.exp(random.nextDouble(-3, 12));
            Duration time = Duration.ofMillis(random.nextLong(1, 100_000));
            shapes.add(new Shape.Ramp(rate * random.nextDouble(), rate, time));
            shapes.add(new Shape.Sine(rate, rate * random.nextDouble(), time));
            shapes.add(new Shape.Steps(random.doubles(1 + i % 7, 0, rate).boxed().toList(), time));
        }
        return shapes.stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theIntegralIsThatOfTheRate(Shape shape) {
        RateFunction function = RateFunction.of(shape);
        double step = 1e-4;
        double sum = 0;
        for (int i = 0; i < 300_000; i++) {
            sum += function.rateAt((i + 0.5) * step) * step;
        }

        assertEquals(sum, function.arrivalsUntil(30), Math.max(1e-6, 1e-4 * sum));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theTimeOfAnArrivalInvertsTheIntegral(Shape shape) {
        RateFunction function = RateFunction.of(shape);
        double all = function.arrivalsUntil(30);
        double before = 0;
        for (int i = 1; i <= 1_000; i++) {
            double arrivals = all * i / 1_000;

            double seconds = function.secondsUntil(arrivals);

            assertTrue(seconds >= before && seconds <= 30 + 1e-6, seconds + " after " + before);
            assertEquals(arrivals, function.arrivalsUntil(seconds), 1e-9 * Math.max(1, all) + 1e-6);
            before = seconds;
        }
    }

    @Test
    void thereIsNoArrivalAfterTheRateHasFallenToZero() {
        RateFunction function = RateFunction.of(new Shape.Ramp(100, 0, Duration.ofSeconds(2)));

        assertEquals(2, function.secondsUntil(100), 1e-9);
        assertEquals(Double.POSITIVE_INFINITY, function.secondsUntil(100.001));
    }

    @Test
    void aTimeWithoutArrivalsIsSkipped() {
        RateFunction function = RateFunction.of(new Shape.Steps(List.of(10.0, 0.0, 10.0), Duration.ofSeconds(1)));

        assertEquals(1, function.secondsUntil(10));
        assertEquals(2.01, function.secondsUntil(10.1), 1e-9);
    }

    @Test
    void aReplayStartsAgain() {
        RateFunction function = RateFunction.of(new Shape.Replay(FILE, 1, List.of(4.0, 0.0)));

        assertEquals(2.25, function.secondsUntil(5), 1e-9);
        assertEquals(4, function.rateAt(2.5));
        assertEquals(8, function.arrivalsUntil(4), 1e-9);
    }
}
