package dev.memfuse.lab.compare.report;

/// A logarithmic scale from values to pixels.
///
/// @param from value at `start`, positive
/// @param to value at `end`, positive and not `from`
/// @param start first pixel
/// @param end last pixel; may be smaller than the first
record LogScale(double from, double to, double start, double end) {
    /// Returns the pixel of a value; values outside of the scale are drawn at its ends.
    double at(double value) {
        double share = (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from));
        return Math.round((start + Math.clamp(share, 0, 1) * (end - start)) * 10) / 10.0;
    }
}
