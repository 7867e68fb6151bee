package dev.memfuse.engine.retrieval;

import java.util.Arrays;
import java.util.Comparator;

/// A signal by ordinal, scaled to 0..1.
///
/// @param values as they are; NaN is absent and maps to 0
/// @param min value that maps to 0
/// @param factor of the difference to `min`, a reciprocal, since divisions are slow; exact enough that the largest
/// value maps to 1; 0 when all values are equal
/// @param constant scaled value when all values are equal
@SuppressWarnings("ArrayRecordComponent") // a column of numbers, never compared
record ScaledSignal(float[] values, float min, double factor, float constant) {

    /// Smallest and largest value of a signal.
    record Range(float min, float max) {

        /// Returns the range of the values of some ordinals; NaN is left out.
        ///
        /// @param runs first ordinal of each run and the one after its last
        /// @param floor upper bound of the minimum
        static Range of(int[] runs, float[] values, float floor) {
            float min = floor;
            float max = Float.NEGATIVE_INFINITY;
            for (int run = 0; run < runs.length; run += 2) {
                for (int i = runs[run]; i < runs[run + 1]; i++) {
                    float value = values[i];
                    if (value < min) {
                        min = value;
                    }
                    if (value > max) {
                        max = value;
                    }
                }
            }
            return new Range(min, max);
        }

        float width() {
            return max - min;
        }
    }

    /// Min-max normalisation: the smallest value maps to 0, the largest to 1.
    ///
    /// @param constant scaled value when all values are equal
    static ScaledSignal normalised(float[] values, Range range, float constant) {
        return new ScaledSignal(values, range.min(), range.width() > 0 ? 1.0 / range.width() : 0,
                constant);
    }

    /// Reciprocal ranks (Cormack, Clarke, Büttcher 2009), scaled so that the first is 1.
    ///
    /// @param ordinals to rank
    /// @param floor values up to this one have no rank and map to 0
    /// @param k constant of the reciprocal
    static ScaledSignal reciprocal(float[] values, int[] ordinals, float floor, int k) {
        Integer[] order = Arrays.stream(ordinals).filter(i -> values[i] > floor).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> values[i]).reversed());
        float[] ranks = new float[values.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = (k + 1f) / (k + 1f + rank);
        }
        return new ScaledSignal(ranks, 0, 1, 0);
    }

    /// Adds the weighted scaled values of a run of ordinals to those of another column.
    ///
    /// @param to receives the sums; may not be `other`
    void addScaled(double weight, float[] other, int from, int end, float[] to) {
        if (factor > 0) {
            double each = weight * factor;
            for (int i = from; i < end; i++) {
                float value = values[i];
                to[i] = Float.isNaN(value) ? other[i] : (float) (other[i] + (value - min) * each);
            }
        } else {
            for (int i = from; i < end; i++) {
                to[i] = Float.isNaN(values[i]) ? other[i] : (float) (other[i] + weight * constant);
            }
        }
    }

    /// Returns the scaled value.
    float of(int ordinal) {
        float value = values[ordinal];
        return Float.isNaN(value) ? 0 : factor > 0 ? (float) ((value - min) * factor) : constant;
    }
}
