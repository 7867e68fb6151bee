package dev.memfuse.load.shape;

import java.time.Duration;
import java.util.List;

/// The rate of a [Shape] as a function of time, with its integral and the inverse of that, from which an arrival
/// process draws its times. Immutable.
public interface RateFunction {
    /// Returns the rate in operations per second.
    ///
    /// @param seconds time since the start, 0 or more
    double rateAt(double seconds);

    /// Returns the mean number of arrivals from the start until a time: the integral of the rate.
    double arrivalsUntil(double seconds);

    /// Returns the earliest time until which a number of arrivals is due: the inverse of [#arrivalsUntil], infinite
    /// when the rate stays 0 before that.
    double secondsUntil(double arrivals);

    /// Returns the function of a shape.
    static RateFunction of(Shape shape) {
        return switch (shape) {
            case Shape.Steady(double rate) -> new PieceRates.Builder().end(rate);
            case Shape.Ramp(double from, double to, Duration over) ->
                new PieceRates.Builder().piece(seconds(over), from, to).end(to);
            case Shape.Steps(List<Double> rates, Duration every) ->
                steps(rates, seconds(every)).end(rates.getLast());
            case Shape.Spike(double rate, double peak, Duration at, Duration length) ->
                new PieceRates.Builder().piece(seconds(at), rate, rate).piece(seconds(length), peak, peak).end(rate);
            case Shape.Sine(double rate, double amplitude, Duration period) ->
                new SineRate(rate, amplitude, seconds(period));
            case Shape.Replay(_, double scale, List<Double> perSecond) ->
                new RepeatedRate(steps(perSecond.stream().map(rate -> rate * scale).toList(), 1).end(0),
                        perSecond.size());
        };
    }

    private static PieceRates.Builder steps(List<Double> rates, double seconds) {
        PieceRates.Builder builder = new PieceRates.Builder();
        rates.forEach(rate -> builder.piece(seconds, rate, rate));
        return builder;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
