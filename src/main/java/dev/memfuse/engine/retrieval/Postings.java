package dev.memfuse.engine.retrieval;

import java.util.Arrays;

/// Posting list of one term in growing arrays of primitives. Guarded by the index that owns it.
final class Postings {
    private int[] ordinals = new int[4];
    private int[] frequencies = new int[4];
    private int size;

    void add(int ordinal, int frequency) {
        if (size == ordinals.length) {
            ordinals = Arrays.copyOf(ordinals, size * 2);
            frequencies = Arrays.copyOf(frequencies, size * 2);
        }
        ordinals[size] = ordinal;
        frequencies[size] = frequency;
        size++;
    }

    /// Passes all postings to `consumer`.
    void pass(TermSource.PostingConsumer consumer) {
        consumer.accept(ordinals, frequencies, size);
    }
}
