package dev.memfuse.engine.retrieval;

import java.util.Arrays;
import java.util.BitSet;

import dev.memfuse.engine.MemoryLayer;

/// From vectors to entries: chunks and facts have vectors; a message is as near as the nearest of its chunks, or as its
/// own vector when it is in no chunk that has one. Guarded by the index that owns the catalog.
record VectorScores(EntryTable catalog) {
    private static final int[] NOTHING = {};

    /// Cosine similarities by ordinal; NaN where there is no vector.
    ///
    /// @param bySlot what the vectors scored
    /// @param size ordinals from here on are left out
    float[] scores(float[] bySlot, int size) {
        float[] dense = new float[size];
        Arrays.fill(dense, Float.NaN);
        for (int i = catalog.nextLive(0); i >= 0 && i < size; i = catalog.nextLive(i + 1)) {
            if (catalog.slot(i) != EntryTable.NONE && catalog.layer(i) != MemoryLayer.M0) {
                dense[i] = bySlot[catalog.slot(i)];
                for (int message : messages(i)) {
                    dense[message] = Float.isNaN(dense[message]) ? dense[i] : Math.max(dense[message], dense[i]);
                }
            }
        }
        for (int i = catalog.nextLive(0); i >= 0 && i < size; i = catalog.nextLive(i + 1)) {
            if (Float.isNaN(dense[i]) && catalog.slot(i) != EntryTable.NONE) {
                dense[i] = bySlot[catalog.slot(i)];
            }
        }
        return dense;
    }

    /// The messages that a query cannot compare by meaning.
    BitSet without(BitSet scope) {
        BitSet without = (BitSet) scope.clone();
        for (int i = catalog.nextLive(0); i >= 0; i = catalog.nextLive(i + 1)) {
            if (catalog.slot(i) != EntryTable.NONE || catalog.layer(i) != MemoryLayer.M0) {
                without.clear(i);
            }
            if (catalog.slot(i) != EntryTable.NONE) {
                for (int message : messages(i)) {
                    without.clear(message);
                }
            }
        }
        return without;
    }

    /// A fact says less than its message; a chunk says all of it.
    private int[] messages(int ordinal) {
        return catalog.layer(ordinal) == MemoryLayer.M1 ? catalog.sources(ordinal) : NOTHING;
    }
}
