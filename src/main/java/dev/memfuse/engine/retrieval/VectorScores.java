package dev.memfuse.engine.retrieval;

import java.util.BitSet;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.retrieval.CodeFile.Scan;

/// Maps vector scores to entries. Chunks and facts have vectors of their own; a message takes the score of its best
/// chunk, or of its own vector when no chunk of it has one.
///
/// A snapshot of an [EntryTable] at one [version][EntryTable#version]. Immutable.
final class VectorScores {
    private static final int[] NOTHING = {};

    private final long version;
    /// Position in `slots` after the last slot of each ordinal.
    private final int[] ends;
    private final int[] slots;
    /// The only slot of each ordinal, or [EntryTable#NONE]; empty when an ordinal has several.
    private final int[] single;
    private final BitSet messagesWithout = new BitSet();
    /// Chunks and facts without a vector of this space.
    private final BitSet derivedWithout = new BitSet();

    private VectorScores(EntryTable entries) {
        version = entries.version();
        ends = new int[entries.size()];
        for (int i = entries.nextLive(0); i >= 0; i = entries.nextLive(i + 1)) {
            if (entries.slot(i) != EntryTable.NONE && entries.layer(i) != MemoryLayer.M0) {
                ends[i]++;
                for (int message : messages(entries, i)) {
                    ends[message]++;
                }
            }
            derivedWithout.set(i, entries.slot(i) == EntryTable.NONE && entries.layer(i) != MemoryLayer.M0);
        }
        for (int i = entries.nextLive(0); i >= 0; i = entries.nextLive(i + 1)) {
            if (ends[i] == 0 && entries.layer(i) == MemoryLayer.M0) {
                ends[i] = entries.slot(i) == EntryTable.NONE ? 0 : 1;
                messagesWithout.set(i, ends[i] == 0);
            }
        }
        int total = 0;
        for (int i = 0; i < ends.length; i++) {
            total += ends[i];
            ends[i] = total - ends[i];
        }
        slots = new int[total];
        fill(entries);
        single = single();
    }

    private int[] single() {
        int[] found = new int[ends.length];
        int from = 0;
        for (int i = 0; i < found.length; i++) {
            if (ends[i] - from > 1) {
                return NOTHING;
            }
            found[i] = ends[i] == from ? EntryTable.NONE : slots[from];
            from = ends[i];
        }
        return found;
    }

    /// Writes the slots; `ends` holds the first positions before and the ends after.
    private void fill(EntryTable entries) {
        int[] starts = ends.clone();
        for (int i = entries.nextLive(0); i >= 0; i = entries.nextLive(i + 1)) {
            if (entries.slot(i) != EntryTable.NONE && entries.layer(i) != MemoryLayer.M0) {
                slots[ends[i]++] = entries.slot(i);
                for (int message : messages(entries, i)) {
                    slots[ends[message]++] = entries.slot(i);
                }
            }
        }
        for (int i = entries.nextLive(0); i >= 0; i = entries.nextLive(i + 1)) {
            boolean own = entries.layer(i) == MemoryLayer.M0 && entries.slot(i) != EntryTable.NONE;
            if (own && ends[i] == starts[i]) {
                slots[ends[i]++] = entries.slot(i);
            }
        }
    }

    static VectorScores of(EntryTable entries) {
        return new VectorScores(entries);
    }

    /// Returns whether the entries are unchanged.
    boolean isOf(EntryTable entries) {
        return version == entries.version();
    }

    /// Returns cosine similarities by ordinal.
    ///
    /// @param size length of the result; larger ordinals are left out
    DenseScores scores(VectorFile vectors, float[] query, int size) {
        Scan scan = vectors.scan(query);
        float[] bySlot = scan.scores();
        float[] dense = new float[size];
        if (single.length == ends.length) {
            // The usual case, in a loop without another one.
            for (int i = 0; i < size; i++) {
                int slot = single[i];
                dense[i] = slot == EntryTable.NONE ? Float.NaN : bySlot[slot];
            }
            return new DenseScores(dense, scan.error(), ordinal -> exact(vectors, query, ordinal));
        }
        int from = 0;
        for (int i = 0; i < size; i++) {
            int end = ends[i];
            float best = from == end ? Float.NaN : bySlot[slots[from]];
            for (int at = from + 1; at < end; at++) {
                best = Math.max(best, bySlot[slots[at]]);
            }
            dense[i] = best;
            from = end;
        }
        return new DenseScores(dense, scan.error(), ordinal -> exact(vectors, query, ordinal));
    }

    private float exact(VectorFile vectors, float[] query, int ordinal) {
        int from = ordinal == 0 ? 0 : ends[ordinal - 1];
        float best = vectors.score(slots[from], query);
        for (int at = from + 1; at < ends[ordinal]; at++) {
            best = Math.max(best, vectors.score(slots[at], query));
        }
        return best;
    }

    /// Returns whether no message is without a vector.
    boolean hasAllMessages() {
        return messagesWithout.isEmpty();
    }

    /// Returns the messages in scope that have no vector, directly or through a chunk.
    BitSet withoutVector(BitSet scope) {
        BitSet without = (BitSet) scope.clone();
        without.and(messagesWithout);
        return without;
    }

    /// Returns the number of entries in scope that have no vector.
    int countWithout(BitSet scope) {
        if (messagesWithout.isEmpty() && derivedWithout.isEmpty()) {
            return 0;
        }
        BitSet derived = (BitSet) scope.clone();
        derived.and(derivedWithout);
        return withoutVector(scope).cardinality() + derived.cardinality();
    }

    /// Returns the messages that share the vector of an entry: those of a chunk, which holds their text. A fact holds
    /// only a part of it.
    private static int[] messages(EntryTable entries, int ordinal) {
        return entries.layer(ordinal) == MemoryLayer.M1 ? entries.sources(ordinal) : NOTHING;
    }
}
