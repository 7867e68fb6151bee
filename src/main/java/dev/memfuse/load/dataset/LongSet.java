package dev.memfuse.load.dataset;

import java.util.Arrays;

/// A set of numbers, with 16 to 32 bytes for each: it counts distinct names of large files by their hash codes. Not
/// thread-safe.
final class LongSet {
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /// Zero marks a free place.
    private long[] places = new long[FIRST_CAPACITY];
    private int size;

    /// Adds a number.
    void add(long number) {
        long value = number == 0 ? 1 : number;
        if (insert(places, value)) {
            size++;
            if (size > places.length / 2) {
                long[] larger = new long[Math.multiplyExact(places.length, 2)];
                Arrays.stream(places).filter(old -> old != 0).forEach(old -> insert(larger, old));
                places = larger;
            }
        }
    }

    private static boolean insert(long[] places, long value) {
        int at = (int) (value ^ value >>> 32) & (places.length - 1);
        while (places[at] != 0 && places[at] != value) {
            at = (at + 1) & (places.length - 1);
        }
        boolean added = places[at] == 0;
        places[at] = value;
        return added;
    }

    /// Returns the number of distinct numbers.
    int size() {
        return size;
    }

    /// Returns a hash code of 64 bits: names with the same one are unlikely below a hundred million names.
    static long hash(String... names) {
        long hash = FNV_OFFSET;
        for (String name : names) {
            for (int i = 0; i < name.length(); i++) {
                hash = (hash ^ name.charAt(i)) * FNV_PRIME;
            }
            // A separator that no name has.
            hash = hash * FNV_PRIME;
        }
        return hash;
    }
}
