package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;

/// One axis of a chart: maps values to positions and chooses round ticks.
///
/// @param from value at the start
/// @param to value at the end, larger than `from`
/// @param logarithmic whether the scale is logarithmic, which requires values above 0
record Axis(double from, double to, boolean logarithmic) {
    private static final int[] STEPS = {1, 2, 5, 10};

    /// Returns an axis from 0 to a round value at or above `max`.
    static Axis fromZero(double max) {
        double step = step(max <= 0 ? 1 : max, 5);
        return new Axis(0, Math.max(step, Math.ceil((max <= 0 ? 1 : max) / step - 1e-9) * step), false);
    }

    /// Returns an axis of exactly this range.
    static Axis exact(double from, double to) {
        return new Axis(from, Math.max(to, from + 1e-9), false);
    }

    /// Returns a logarithmic axis from a round value at or below `min` to one at or above `max`.
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

    /// Returns the position of a value, 0..1; values outside the range are clamped.
    double position(double value) {
        double position = logarithmic
                ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
                : (value - from) / (to - from);
        return Math.clamp(position, 0, 1);
    }

    /// Returns round values within the range.
    ///
    /// @param target approximate number of ticks of a linear axis
    List<Double> ticks(int target) {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double power = from; power <= to * 1.0000001; power *= 10) {
                ticks.add(power);
            }
            return ticks;
        }
        double step = step(to - from, target);
        for (double tick = Math.ceil(from / step - 1e-9) * step; tick <= to + step * 1e-6; tick += step) {
            ticks.add(Math.abs(tick) < step * 1e-6 ? 0 : tick);
        }
        return ticks;
    }
}
