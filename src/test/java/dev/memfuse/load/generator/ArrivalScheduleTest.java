package dev.memfuse.load.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.shape.RateFunction;
import dev.memfuse.load.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ArrivalScheduleTest {
    private static final long START = -7_000_000_000_000L;
    private static final double NANOS = 1e9;

    /// Shapes with some 100,000 arrivals in 100 s.
    static Stream<Shape> shapes() {
        return Stream.of(new Shape.Steady(1_000), new Shape.Ramp(0, 2_000, Duration.ofSeconds(100)),
                new Shape.Ramp(2_000, 0, Duration.ofSeconds(100)),
                new Shape.Steps(List.of(500.0, 1_000.0, 1_500.0, 0.0, 2_000.0), Duration.ofSeconds(20)),
                new Shape.Spike(800, 5_000, Duration.ofSeconds(50), Duration.ofSeconds(5)),
                new Shape.Sine(1_000, 900, Duration.ofSeconds(33)),
                new Shape.Replay(Path.of("timeline.csv"), 1, List.of(900.0, 1_300.0, 0.0, 1_800.0)));
    }

    private static ArrivalSchedule schedule(Shape shape, ArrivalProcess process, long seed) {
        return new ArrivalSchedule(RateFunction.of(shape), 1, process, seed, START);
    }

    private static List<Double> arrivals(ArrivalSchedule schedule, double seconds) {
        long until = START + Math.round(seconds * NANOS);
        List<Double> times = new ArrayList<>();
        for (long due = schedule.due(until); due < until; due = schedule.due(until)) {
            times.add((due - START) / NANOS);
            schedule.next();
        }
        return times;
    }

    private static long within(List<Double> times, double from, double to) {
        return times.stream().filter(time -> time >= from && time < to).count();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void constantArrivalsFollowTheShapeInEachSecond(Shape shape) {
        RateFunction rate = RateFunction.of(shape);

        List<Double> times = arrivals(schedule(shape, ArrivalProcess.CONSTANT, 1), 100);

        for (int second = 0; second < 100; second++) {
            double planned = rate.arrivalsUntil(second + 1) - rate.arrivalsUntil(second);
            assertEquals(planned, within(times, second, second + 1), 1.001, "second " + second);
        }
        assertEquals(rate.arrivalsUntil(100), times.size(), 1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void poissonArrivalsKeepTheRateWithinOnePercent(Shape shape) {
        double planned = RateFunction.of(shape).arrivalsUntil(100);

        for (long seed = 1; seed <= 5; seed++) {
            // Three standard deviations of the count are 0.95 % of 100,000.
            assertEquals(1, arrivals(schedule(shape, ArrivalProcess.POISSON, seed), 100).size() / planned, 0.01);
        }
    }

    @Test
    void countsOfPoissonArrivalsVaryAsTheirMean() {
        List<Double> times = arrivals(schedule(new Shape.Steady(50), ArrivalProcess.POISSON, 3), 2_000);
        double mean = times.size() / 2_000.0;
        double[] counts = new double[2_000];
        times.forEach(time -> counts[(int) Math.floor(time)]++);
        double squares = 0;
        for (double count : counts) {
            squares += (count - mean) * (count - mean);
        }

        assertEquals(1, squares / counts.length / mean, 0.12, "index of dispersion");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aChangeOfTheRateScalesTheRestOfTheShape(Shape shape) {
        RateFunction rate = RateFunction.of(shape);
        ArrivalSchedule schedule = schedule(shape, ArrivalProcess.CONSTANT, 1);
        long changedAt = START + Math.round(40.4 * NANOS);
        List<Double> before = arrivals(schedule, 40.4);
        schedule.scale(2.5, changedAt);

        List<Double> after = arrivals(schedule, 100);

        double planned = 2.5 * (rate.arrivalsUntil(100) - rate.arrivalsUntil(40.4));
        assertEquals(rate.arrivalsUntil(40.4), before.size(), 1);
        assertEquals(planned, after.size(), 2);
        assertTrue(after.getFirst() >= 40.4, after.getFirst().toString());
    }

    @Test
    void manySmallChangesLoseNoArrival() {
        ArrivalSchedule schedule = schedule(new Shape.Steady(100), ArrivalProcess.CONSTANT, 1);
        int count = 0;
        long until = START + Math.round(10 * NANOS);
        for (int change = 1; change <= 10_000; change++) {
            long now = START + change * 1_000_000L;
            for (long due = schedule.due(until); due <= now && due < until; due = schedule.due(until)) {
                count++;
                schedule.next();
            }
            schedule.scale(change % 2 == 0 ? 0.5 : 1.5, now);
        }

        assertEquals(1_000, count, 2);
    }

    @Test
    void theSameSeedGivesTheSameTimes() {
        Shape shape = new Shape.Sine(1_000, 900, Duration.ofSeconds(33));

        assertEquals(arrivals(schedule(shape, ArrivalProcess.POISSON, 8), 5),
                arrivals(schedule(shape, ArrivalProcess.POISSON, 8), 5));
        assertTrue(!arrivals(schedule(shape, ArrivalProcess.POISSON, 8), 5)
                .equals(arrivals(schedule(shape, ArrivalProcess.POISSON, 9), 5)));
    }
}
