package dev.memfuse.engine.retrieval;

import java.util.function.IntUnaryOperator;

/// Finds entries by a hash of their identity: open addressing over primitives, since a user may have millions. Grows,
/// and never forgets. Guarded by its owner.
final class IdTable {
    private static final int EMPTY = -1;

    private int[] places = filled(64);
    private int used;

    /// Says whether an entry is the wanted one.
    @FunctionalInterface
    interface Match {
        boolean test(int entry);
    }

    /// The entry, or -1.
    int find(int hash, Match match) {
        return places[place(hash, match)];
    }

    /// Sets the entry of an identity, in place of one that it had.
    ///
    /// @param hashes the hash of each entry, to move them when the table grows
    void put(int hash, int entry, Match match, IntUnaryOperator hashes) {
        int place = place(hash, match);
        if (places[place] == EMPTY) {
            used++;
        }
        places[place] = entry;
        if (used * 2 > places.length) {
            grow(hashes);
        }
    }

    private int place(int hash, Match match) {
        int mask = places.length - 1;
        int place = spread(hash) & mask;
        while (places[place] != EMPTY && !match.test(places[place])) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow(IntUnaryOperator hashes) {
        int[] old = places;
        places = filled(old.length * 2);
        for (int entry : old) {
            if (entry != EMPTY) {
                places[place(hashes.applyAsInt(entry), _ -> false)] = entry;
            }
        }
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 16;
    }

    private static int[] filled(int length) {
        int[] places = new int[length];
        java.util.Arrays.fill(places, EMPTY);
        return places;
    }
}
