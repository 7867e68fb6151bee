package dev.memfuse.load.shape;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The rate of an open load over the measured part, in operations per second. After its last part a shape keeps the
/// last rate, unless it repeats.
public sealed interface Shape {
    /// Returns the rate that stands for the shape: changing the load of a run to another rate scales the whole shape by
    /// the quotient of the two. More than 0 for a valid shape.
    double level();

    /// Returns the shape whose level is another one: every rate is multiplied by the same factor.
    default Shape withLevel(double level) {
        double factor = level / level();
        return switch (this) {
            case Steady _ -> new Steady(level);
            case Ramp(double from, double to, Duration over) -> new Ramp(from * factor, to * factor, over);
            case Steps(List<Double> rates, Duration every) ->
                new Steps(rates.stream().map(rate -> rate * factor).toList(), every);
            case Spike(_, double peak, Duration at, Duration length) -> new Spike(level, peak * factor, at, length);
            case Sine(_, double amplitude, Duration period) -> new Sine(level, amplitude * factor, period);
            case Replay(Path recording, double scale, List<Double> perSecond) ->
                new Replay(recording, scale * factor, perSecond);
        };
    }

    /// Returns the name in files and results: lower case.
    default String label() {
        return switch (this) {
            case Steady _ -> "steady";
            case Ramp _ -> "ramp";
            case Steps _ -> "steps";
            case Spike _ -> "spike";
            case Sine _ -> "sine";
            case Replay _ -> "replay";
        };
    }

    /// One rate.
    ///
    /// @param rate operations per second, more than 0
    record Steady(double rate) implements Shape {
        @Override
        public double level() {
            return rate;
        }
    }

    /// A rate that changes linearly, then stays.
    ///
    /// @param from rate at the start, 0 or more
    /// @param to rate at the end, 0 or more; one of both is more than 0
    /// @param over time from one to the other, more than 0
    record Ramp(double from, double to, Duration over) implements Shape {
        @Override
        public double level() {
            return Math.max(from, to);
        }
    }

    /// Rates one after the other.
    ///
    /// @param rates at least one rate above 0; none below
    /// @param every time at each rate, more than 0
    record Steps(List<Double> rates, Duration every) implements Shape {
        public Steps {
            rates = List.copyOf(rates);
        }

        @Override
        public double level() {
            return largest(rates);
        }
    }

    /// A rate with one burst.
    ///
    /// @param rate operations per second outside of the burst, more than 0
    /// @param peak operations per second in the burst, 0 or more
    /// @param at start of the burst, 0 or more
    /// @param length time of the burst, more than 0
    record Spike(double rate, double peak, Duration at, Duration length) implements Shape {
        @Override
        public double level() {
            return rate;
        }
    }

    /// A rate that swings around its mean, starting at the mean and rising.
    ///
    /// @param rate mean operations per second, more than 0
    /// @param amplitude largest difference from the mean, 0 to the mean
    /// @param period time of one swing, more than 0
    record Sine(double rate, double amplitude, Duration period) implements Shape {
        @Override
        public double level() {
            return rate;
        }
    }

    /// The arrivals of each second of a recorded run. A longer run starts again from the first second.
    ///
    /// @param recording folder or file that they were read from
    /// @param scale factor of the recorded arrivals, more than 0
    /// @param perSecond arrivals of each measured second, at least one of them above 0
    record Replay(Path recording, double scale, List<Double> perSecond) implements Shape {
        public Replay {
            perSecond = List.copyOf(perSecond);
        }

        @Override
        public double level() {
            return scale * largest(perSecond);
        }
    }

    private static double largest(List<Double> rates) {
        return rates.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
