package dev.memfuse.engine.retrieval;

import java.util.Arrays;

/// The entries that contain one term, in growing arrays of primitives. Guarded by the index that owns it.
final class Postings {
    private int[] entries = new int[4];
    private int[] frequencies = new int[4];
    private int size;

    void add(int entry, int frequency) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
            frequencies = Arrays.copyOf(frequencies, size * 2);
        }
        entries[size] = entry;
        frequencies[size] = frequency;
        size++;
    }

    int size() {
        return size;
    }

    int entry(int at) {
        return entries[at];
    }

    int frequency(int at) {
        return frequencies[at];
    }
}
