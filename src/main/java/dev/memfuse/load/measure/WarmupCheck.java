package dev.memfuse.load.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

import dev.memfuse.load.LoadRecording.Point;

/// Decides from the seconds of a warm-up whether throughput and median latency have settled.
final class WarmupCheck {
    /// Number of seconds that must agree.
    static final int SECONDS = 4;
    private static final double SETTLED = 0.10;
    /// Random variation that passes, in standard deviations of a Poisson count.
    private static final double NOISE = 2.5;

    private WarmupCheck() {}

    /// Returns whether the last seconds agree with each other.
    ///
    /// @param points seconds of the warm-up, oldest first
    static boolean settled(List<Point> points) {
        if (points.size() < SECONDS) {
            return false;
        }
        List<Point> last = points.subList(points.size() - SECONDS, points.size());
        double mean = last.stream().mapToLong(Point::count).average().orElse(0);
        double bound = Math.max(SETTLED, NOISE / Math.sqrt(Math.max(1, mean)));
        return mean > 0 && variation(last, Point::throughput) <= bound && variation(last, Point::p50) <= bound;
    }

    /// Returns the coefficient of variation.
    private static double variation(List<Point> points, ToDoubleFunction<Point> figure) {
        double mean = points.stream().mapToDouble(figure).average().orElse(0);
        double squares = points.stream().mapToDouble(figure).map(value -> (value - mean) * (value - mean)).sum();
        return mean == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (points.size() - 1)) / mean;
    }
}
