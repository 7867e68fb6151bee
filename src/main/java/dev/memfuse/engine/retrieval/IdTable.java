package dev.memfuse.engine.retrieval;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Hash table from identities to ordinals: open addressing over primitives, since a user may have millions of entries.
/// Entries are never removed. Guarded by the index that owns it.
final class IdTable {
    private static final int EMPTY = -1;

    private int[] slots = filled(64);
    private int used;

    /// Tests whether an entry has the requested identity.
    @FunctionalInterface
    interface Match {
        boolean test(int ordinal);
    }

    /// Returns the ordinal of an identity, or -1.
    int find(int hash, Match match) {
        return slots[slot(hash, match)];
    }

    /// Sets the ordinal of an identity, replacing an earlier one.
    ///
    /// @param hashes hash of each ordinal, to rehash when the table grows
    void put(int hash, int ordinal, Match match, IntUnaryOperator hashes) {
        int slot = slot(hash, match);
        if (slots[slot] == EMPTY) {
            used++;
        }
        slots[slot] = ordinal;
        if (used * 2 > slots.length) {
            grow(hashes);
        }
    }

    private int slot(int hash, Match match) {
        int mask = slots.length - 1;
        int slot = spread(hash) & mask;
        while (slots[slot] != EMPTY && !match.test(slots[slot])) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow(IntUnaryOperator hashes) {
        int[] old = slots;
        slots = filled(old.length * 2);
        for (int ordinal : old) {
            if (ordinal != EMPTY) {
                slots[slot(hashes.applyAsInt(ordinal), _ -> false)] = ordinal;
            }
        }
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 16;
    }

    private static int[] filled(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, EMPTY);
        return slots;
    }
}
