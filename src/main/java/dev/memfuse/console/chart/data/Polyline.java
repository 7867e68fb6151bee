package dev.memfuse.console.chart.data;

import java.util.Arrays;

/// The points of one line; a `NaN` height is a gap. Grows as needed and is reused for each redraw. Not thread-safe.
public final class Polyline {
    private double[] xs = new double[256];
    private double[] ys = new double[256];
    private int size;

    /// Removes all points.
    public void clear() {
        size = 0;
    }

    /// Adds a point. A third point at the same height moves the second, so a flat stretch costs two points.
    void add(double x, double y) {
        if (size >= 2 && sameHeight(ys[size - 1], y) && sameHeight(ys[size - 2], y)) {
            xs[size - 1] = x;
            return;
        }
        if (size == xs.length) {
            xs = Arrays.copyOf(xs, size * 2);
            ys = Arrays.copyOf(ys, size * 2);
        }
        xs[size] = x;
        ys[size++] = y;
    }

    void addGap(double x) {
        if (size > 0 && !Double.isNaN(ys[size - 1])) {
            add(x, Double.NaN);
        }
    }

    private static boolean sameHeight(double one, double other) {
        return Double.compare(one, other) == 0;
    }

    /// Returns the number of points, gaps included.
    public int size() {
        return size;
    }

    public double x(int index) {
        return xs[index];
    }

    public double y(int index) {
        return ys[index];
    }

    double[] xs() {
        return xs;
    }

    double[] ys() {
        return ys;
    }

    /// Returns the height of the line at `at`, interpolated; `NaN` beyond its ends and in a gap.
    public double heightAt(double at) {
        int right = Arrays.binarySearch(xs, 0, size, at);
        if (right >= 0) {
            return ys[right];
        }
        right = -right - 1;
        if (right == 0 || right == size) {
            return Double.NaN;
        }
        double share = (at - xs[right - 1]) / (xs[right] - xs[right - 1]);
        return ys[right - 1] + share * (ys[right] - ys[right - 1]);
    }

    /// Returns the largest height, or `NaN` without points.
    public double highest() {
        double highest = Double.NaN;
        for (int i = 0; i < size; i++) {
            if (!(ys[i] <= highest) && !Double.isNaN(ys[i])) {
                highest = ys[i];
            }
        }
        return highest;
    }

    /// Returns the smallest height above zero, or `NaN` when there is none.
    public double lowestPositive() {
        double lowest = Double.NaN;
        for (int i = 0; i < size; i++) {
            if (ys[i] > 0 && !(ys[i] >= lowest)) {
                lowest = ys[i];
            }
        }
        return lowest;
    }
}
