package dev.memfuse.console.chart.data;

/// Range of a value axis with round ends and few ticks.
///
/// @param min lower end
/// @param max upper end, above `min`
/// @param step distance of the ticks; on a logarithmic axis there is one tick per decade instead
public record PlotRange(double min, double max, double step) {
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};
    private static final int MAX_STEPS = 5;
    private static final double HEADROOM = 1.04;
    private static final double TOO_EMPTY = 0.4;
    private static final double MAX_DECADES = 6;

    /// The range 0..1.
    public static final PlotRange UNIT = new PlotRange(0, 1, 0.25);

    /// Returns the range from zero to a round number slightly above `highest`, so that a line at the top stays visible;
    /// [#UNIT] when `highest` is not a positive finite number.
    public static PlotRange linear(double highest) {
        if (!(highest > 0) || Double.isInfinite(highest)) {
            return UNIT;
        }
        double top = highest * HEADROOM;
        double step = roundUp(top / MAX_STEPS);
        return new PlotRange(0, step * Math.ceil(top / step - 1e-9), step);
    }

    /// Returns the whole decades around the values, at most six.
    public static PlotRange logarithmic(double lowest, double highest) {
        if (!(highest > 0) || !(lowest > 0) || Double.isInfinite(highest)) {
            return new PlotRange(0.1, 10, 1);
        }
        double top = Math.ceil(Math.log10(highest) - 1e-9);
        double bottom = Math.max(Math.floor(Math.log10(lowest) + 1e-9), top - MAX_DECADES);
        if (bottom >= top) {
            bottom = top - 1;
        }
        return new PlotRange(Math.pow(10, bottom), Math.pow(10, top), 1);
    }

    /// Returns this range while `next` fits into it and fills enough of it, else `next`; keeps the axis steady.
    public PlotRange adaptedTo(PlotRange next) {
        boolean fits = next.min == min && next.max <= max && next.max >= max * TOO_EMPTY;
        return fits ? this : next;
    }

    private static double roundUp(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double factor : ROUND) {
            if (factor * power >= raw * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
