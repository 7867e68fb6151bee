package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;

/// One axis of a chart: places values along a length and chooses round ticks.
///
/// @param from value at the beginning
/// @param to value at the end, larger than `from`
/// @param logarithmic whether equal ratios take equal room; needs values above 0
record Axis(double from, double to, boolean logarithmic) {
    private static final int[] STEPS = {1, 2, 5, 10};

    /// From 0 to a round value at or above `max`.
    static Axis fromZero(double max) {
        double step = step(max <= 0 ? 1 : max, 5);
        return new Axis(0, Math.max(step, Math.ceil((max <= 0 ? 1 : max) / step - 1e-9) * step), false);
    }

    /// Exactly the range given.
    static Axis exact(double from, double to) {
        return new Axis(from, Math.max(to, from + 1e-9), false);
    }

    /// Logarithmic, from a round value at or below `min` to one at or above `max`.
    static Axis log(double min, double max) {
        double low = Math.pow(10, Math.floor(Math.log10(Math.max(1e-3, min))));
        double high = low * 10;
        while (high < max) {
            for (int step : STEPS) {
                if (low * 10 < high * step && high * step >= max) {
                    return new Axis(low, high * step, true);
                }
            }
            high *= 10;
        }
        return new Axis(low, high, true);
    }

    private static double step(double range, int ticks) {
        double power = Math.pow(10, Math.floor(Math.log10(range / ticks)));
        for (int step : STEPS) {
            if (range / (power * step) <= ticks) {
                return power * step;
            }
        }
        return power * 10;
    }

    /// Place of a value, 0..1; values outside are put at the ends.
    double place(double value) {
        double place = logarithmic
                ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
                : (value - from) / (to - from);
        return Math.clamp(place, 0, 1);
    }

    /// Round values within the axis.
    List<Double> ticks(int wanted) {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double power = from; power <= to * 1.0000001; power *= 10) {
                ticks.add(power);
            }
            return ticks;
        }
        double step = step(to - from, wanted);
        for (double tick = Math.ceil(from / step - 1e-9) * step; tick <= to + step * 1e-6; tick += step) {
            ticks.add(Math.abs(tick) < step * 1e-6 ? 0 : tick);
        }
        return ticks;
    }
}
