package dev.memfuse.engine.retrieval;

import java.util.Arrays;
import java.util.BitSet;

import dev.memfuse.engine.MemoryLayer;

/// Maps vector scores to entries. Chunks and facts have vectors of their own; a message takes the score of its best
/// chunk, or of its own vector when no chunk of it has one. Guarded by the index that owns the entries.
record VectorScores(EntryTable entries) {
    private static final int[] NOTHING = {};

    /// Returns cosine similarities by ordinal; NaN where there is no vector.
    ///
    /// @param bySlot scores of the vectors, by slot
    /// @param size length of the result; larger ordinals are left out
    float[] scores(float[] bySlot, int size) {
        float[] dense = new float[size];
        Arrays.fill(dense, Float.NaN);
        for (int i = entries.nextLive(0); i >= 0 && i < size; i = entries.nextLive(i + 1)) {
            if (entries.slot(i) != EntryTable.NONE && entries.layer(i) != MemoryLayer.M0) {
                dense[i] = bySlot[entries.slot(i)];
                for (int message : messages(i)) {
                    dense[message] = Float.isNaN(dense[message]) ? dense[i] : Math.max(dense[message], dense[i]);
                }
            }
        }
        for (int i = entries.nextLive(0); i >= 0 && i < size; i = entries.nextLive(i + 1)) {
            if (Float.isNaN(dense[i]) && entries.slot(i) != EntryTable.NONE) {
                dense[i] = bySlot[entries.slot(i)];
            }
        }
        return dense;
    }

    /// Returns the messages in scope that have no vector, directly or through a chunk.
    BitSet withoutVector(BitSet scope) {
        BitSet without = (BitSet) scope.clone();
        for (int i = entries.nextLive(0); i >= 0; i = entries.nextLive(i + 1)) {
            if (entries.slot(i) != EntryTable.NONE || entries.layer(i) != MemoryLayer.M0) {
                without.clear(i);
            }
            if (entries.slot(i) != EntryTable.NONE) {
                for (int message : messages(i)) {
                    without.clear(message);
                }
            }
        }
        return without;
    }

    /// Returns the messages that share the vector of an entry: those of a chunk, which holds their text. A fact holds
    /// only a part of it.
    private int[] messages(int ordinal) {
        return entries.layer(ordinal) == MemoryLayer.M1 ? entries.sources(ordinal) : NOTHING;
    }
}
