package dev.memfuse.load.shape;

import java.util.Arrays;

/// A rate that is linear between given times and constant after the last of them.
final class PieceRates implements RateFunction {
    private final double[] starts;
    private final double[] arrivals;
    private final double[] rates;
    private final double[] slopes;

    private PieceRates(Builder builder) {
        this.starts = Arrays.copyOf(builder.starts, builder.size);
        this.arrivals = Arrays.copyOf(builder.arrivals, builder.size);
        this.rates = Arrays.copyOf(builder.rates, builder.size);
        this.slopes = Arrays.copyOf(builder.slopes, builder.size);
    }

    /// Collects the pieces in the order of time.
    static final class Builder {
        private static final int FIRST_CAPACITY = 4;

        private double[] starts = new double[FIRST_CAPACITY];
        private double[] arrivals = new double[FIRST_CAPACITY];
        private double[] rates = new double[FIRST_CAPACITY];
        private double[] slopes = new double[FIRST_CAPACITY];
        private int size;
        private double time;
        private double sum;

        /// Adds a piece from one rate to another.
        ///
        /// @param seconds length; a piece of length 0 is left out
        Builder piece(double seconds, double from, double to) {
            if (seconds > 0) {
                add(from, (to - from) / seconds);
                time += seconds;
                sum += seconds * (from + to) / 2;
            }
            return this;
        }

        /// Adds the rate that stays.
        PieceRates end(double rate) {
            add(rate, 0);
            return new PieceRates(this);
        }

        private void add(double rate, double slope) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
                arrivals = Arrays.copyOf(arrivals, 2 * size);
                rates = Arrays.copyOf(rates, 2 * size);
                slopes = Arrays.copyOf(slopes, 2 * size);
            }
            starts[size] = time;
            arrivals[size] = sum;
            rates[size] = rate;
            slopes[size] = slope;
            size++;
        }
    }

    /// Returns the last piece whose value does not exceed `value`.
    private static int last(double[] ascending, double value) {
        int found = Arrays.binarySearch(ascending, value);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    @Override
    public double rateAt(double seconds) {
        int piece = last(starts, seconds);
        return rates[piece] + slopes[piece] * (seconds - starts[piece]);
    }

    @Override
    public double arrivalsUntil(double seconds) {
        int piece = last(starts, seconds);
        double passed = seconds - starts[piece];
        return arrivals[piece] + passed * (rates[piece] + slopes[piece] * passed / 2);
    }

    @Override
    public double secondsUntil(double wanted) {
        int piece = last(arrivals, wanted);
        while (piece > 0 && arrivals[piece] == wanted) {
            // Pieces without arrivals end with the same sum: the first of them is the earliest time.
            piece--;
        }
        double rest = wanted - arrivals[piece];
        double rate = rates[piece];
        if (rest == 0) {
            return starts[piece];
        }
        // The root of rate * t + slope * t^2 / 2 = rest, in the form that loses no digits for a slope near 0.
        double divisor = rate + Math.sqrt(Math.max(0, rate * rate + 2 * slopes[piece] * rest));
        return divisor == 0 ? Double.POSITIVE_INFINITY : starts[piece] + 2 * rest / divisor;
    }
}
