package dev.memfuse.engine.memory.semantic;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// The signs of vectors of one model, one bit a component. The share of different signs estimates the angle between two
/// vectors, so comparing signs excludes nearly all dissimilar vectors at a hundredth of the cost of their products. Not
/// thread-safe.
final class VectorSignatures {
    /// Standard deviations of the estimate that still count as near.
    private static final double TOLERANCE = 4;

    private final int dimensions;
    private final int words;
    private long[] bits = {};

    VectorSignatures(int dimensions) {
        this.dimensions = dimensions;
        this.words = (dimensions + Long.SIZE - 1) / Long.SIZE;
    }

    /// Stores the signature of a vector at a place.
    void put(int place, float[] vector) {
        if ((place + 1) * words > bits.length) {
            bits = Arrays.copyOf(bits, Math.max((place + 1) * words, bits.length * 2));
        }
        sign(vector, bits, place * words);
    }

    private void sign(float[] vector, long[] target, int from) {
        Arrays.fill(target, from, from + words, 0);
        for (int i = 0; i < dimensions; i++) {
            if (vector[i] > 0) {
                target[from + i / Long.SIZE] |= 1L << i;
            }
        }
    }

    /// Visits the places whose vectors may have at least a cosine with a vector.
    ///
    /// @param places number of places in use
    void near(float[] vector, double cosine, int places, IntConsumer visitor) {
        long[] wanted = new long[words];
        sign(vector, wanted, 0);
        double share = Math.acos(Math.clamp(cosine, -1, 1)) / Math.PI;
        int limit = (int) (share * dimensions + TOLERANCE * Math.sqrt(dimensions * share * (1 - share)));
        for (int place = 0; place < places; place++) {
            int different = 0;
            int from = place * words;
            for (int i = 0; i < words; i++) {
                different += Long.bitCount(wanted[i] ^ bits[from + i]);
            }
            if (different <= limit) {
                visitor.accept(place);
            }
        }
    }
}
