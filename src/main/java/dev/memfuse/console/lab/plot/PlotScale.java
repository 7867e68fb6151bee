package dev.memfuse.console.lab.plot;

import java.util.ArrayList;
import java.util.List;

/// A scale from values to 0..1, linear or logarithmic.
///
/// @param low value at position 0
/// @param high value at position 1, larger than `low`
/// @param log whether it is logarithmic, for values above 0
public record PlotScale(double low, double high, boolean log) {
    private static final double[] STEPS = {1, 2, 5};
    private static final int MAX_TICKS = 6;

    /// Returns a linear scale from 0 to a round value at or above `high`.
    public static PlotScale fromZero(double high) {
        double step = step(high > 0 ? high : 1);
        return new PlotScale(0, Math.max(1, Math.ceil(high / step - 1e-9)) * step, false);
    }

    /// Returns a logarithmic scale.
    ///
    /// @param low above 0
    public static PlotScale logarithmic(double low, double high) {
        return new PlotScale(low, Math.max(high, low * 1.01), true);
    }

    private static double step(double range) {
        double power = Math.pow(10, Math.floor(Math.log10(range)) - 1);
        while (true) {
            for (double step : STEPS) {
                if (range / (step * power) <= MAX_TICKS - 1) {
                    return step * power;
                }
            }
            power *= 10;
        }
    }

    /// Returns the position of a value, 0..1; the nearer end for one outside.
    public double position(double value) {
        double share = log
                ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
                : (value - low) / (high - low);
        return Math.clamp(share, 0, 1);
    }

    /// Returns the value at a position, 0..1.
    public double value(double position) {
        return log ? low * Math.pow(high / low, position) : low + position * (high - low);
    }

    /// Returns round values on the scale, at most seven.
    public List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (!log) {
            double step = step(high - low);
            for (double tick = Math.ceil(low / step - 1e-9) * step + 0.0; tick <= high + step * 1e-6; tick += step) {
                ticks.add(tick);
            }
            return ticks;
        }
        for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
            for (double step : STEPS) {
                if (step * power >= low && step * power <= high) {
                    ticks.add(step * power);
                }
            }
        }
        return ticks.size() <= MAX_TICKS
                ? ticks
                : ticks.stream().filter(tick -> Math.abs(Math.log10(tick) - Math.rint(Math.log10(tick))) < 1e-9)
                        .toList();
    }
}
