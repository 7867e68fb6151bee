package dev.memfuse.load.shape;

/// A rate that starts again after a period.
///
/// @param once rate of the first period
/// @param period seconds, more than 0
record RepeatedRate(RateFunction once, double period) implements RateFunction {
    @Override
    public double rateAt(double seconds) {
        return once.rateAt(seconds % period);
    }

    @Override
    public double arrivalsUntil(double seconds) {
        double rounds = Math.floor(seconds / period);
        return rounds * once.arrivalsUntil(period) + once.arrivalsUntil(seconds - rounds * period);
    }

    @Override
    public double secondsUntil(double arrivals) {
        double each = once.arrivalsUntil(period);
        if (each == 0) {
            return Double.POSITIVE_INFINITY;
        }
        // The end of a round belongs to it, since a round may end with seconds without arrivals.
        double rounds = Math.max(0, Math.ceil(arrivals / each) - 1);
        return rounds * period + once.secondsUntil(arrivals - rounds * each);
    }
}
