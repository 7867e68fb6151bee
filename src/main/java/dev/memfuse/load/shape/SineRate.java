package dev.memfuse.load.shape;

/// The rate `rate + amplitude * sin(2 pi t / period)`.
///
/// @param rate mean, more than 0
/// @param amplitude 0 to the mean, so that the rate is never negative
/// @param period seconds, more than 0
record SineRate(double rate, double amplitude, double period) implements RateFunction {
    private static final double PRECISION_SECONDS = 1e-10;

    @Override
    public double rateAt(double seconds) {
        return rate + amplitude * Math.sin(2 * Math.PI * seconds / period);
    }

    @Override
    public double arrivalsUntil(double seconds) {
        return rate * seconds + swing() * (1 - Math.cos(2 * Math.PI * seconds / period)) / 2;
    }

    /// Returns the largest number of arrivals ahead of the mean rate.
    private double swing() {
        return amplitude * period / Math.PI;
    }

    /// Newton's method within a bracket, since the inverse has no closed form: the integral is never below that of the
    /// mean rate, and never more than one swing above it.
    @Override
    public double secondsUntil(double arrivals) {
        double low = Math.max(0, (arrivals - swing()) / rate);
        double high = arrivals / rate;
        double at = high;
        while (high - low > PRECISION_SECONDS * Math.max(1, high * 1e-3)) {
            double error = arrivalsUntil(at) - arrivals;
            if (error >= 0) {
                high = at;
            } else {
                low = at;
            }
            double next = at - error / rateAt(at);
            boolean near = next > low && next < high;
            double last = at;
            at = near ? next : (low + high) / 2;
            if (near && Math.abs(at - last) <= PRECISION_SECONDS) {
                return at;
            }
        }
        return (low + high) / 2;
    }
}
