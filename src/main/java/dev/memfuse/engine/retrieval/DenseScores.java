package dev.memfuse.engine.retrieval;

import java.util.BitSet;

/// Cosine similarities by ordinal; NaN where there is no vector. They may be approximate, with a known error, until
/// they are made exact one by one. One thread.
final class DenseScores {
    private final float[] values;
    private final float error;
    private final Exact exact;
    private final BitSet refined = new BitSet();

    /// Computes an exact score.
    @FunctionalInterface
    interface Exact {
        float score(int ordinal);
    }

    /// @param values approximate scores; changed by [#refine]
    /// @param error largest possible difference of a score to its exact one; not a finite number when it is unknown
    DenseScores(float[] values, float error, Exact exact) {
        this.values = values;
        this.error = error;
        this.exact = exact;
    }

    /// Returns scores that are exact.
    static DenseScores exact(float[] values) {
        return new DenseScores(values, 0, ordinal -> values[ordinal]);
    }

    /// Returns the exact score of a refined entry, an approximate one otherwise.
    float get(int ordinal) {
        return values[ordinal];
    }

    /// Returns the scores by ordinal. The array must not be changed; it changes with [#refine].
    float[] values() {
        return values;
    }

    boolean isPresent(int ordinal) {
        return !Float.isNaN(values[ordinal]);
    }

    float error() {
        return error;
    }

    /// Makes the score of an entry exact.
    ///
    /// @return whether it was approximate
    boolean refine(int ordinal) {
        if (error == 0 || !isPresent(ordinal) || refined.get(ordinal)) {
            return false;
        }
        refined.set(ordinal);
        values[ordinal] = exact.score(ordinal);
        return true;
    }
}
