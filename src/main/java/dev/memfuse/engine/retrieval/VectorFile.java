package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

import dev.memfuse.engine.retrieval.CodeFile.Scan;

/// Vectors in a memory-mapped file outside the heap, one after the other, and their codes in a [CodeFile], with which
/// all are scored; only the best need their [exact score][#score].
///
/// A vector is addressed by its slot. The content of a slot without an entry is undefined. Guarded by the index that
/// owns it; several threads may score at once.
final class VectorFile implements AutoCloseable {
    private static final int REGION = 4096;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final MappedRegions regions;
    private final CodeFile codes;
    private final int dimension;
    private int size;

    private VectorFile(MappedRegions regions, CodeFile codes, int dimension, int size) {
        this.regions = regions;
        this.codes = codes;
        this.dimension = dimension;
        this.size = size;
    }

    /// Opens or creates the files `vectors` and `codes` of a folder.
    ///
    /// @param dimension length of each vector, a multiple of 4
    /// @param size number of slots in use; new vectors overwrite the slots after them
    static VectorFile open(Path folder, int dimension, int size) throws IOException {
        MappedRegions regions = MappedRegions.open(folder.resolve("vectors"), (long) REGION * dimension * Float.BYTES,
                (size + REGION - 1) / REGION);
        try {
            return new VectorFile(regions, CodeFile.open(folder.resolve("codes"), dimension, size), dimension, size);
        } catch (Throwable e) {
            regions.close();
            throw e;
        }
    }

    /// Stores a vector in a new slot and returns the slot.
    int add(float[] vector) throws IOException {
        if (size == regions.count() * REGION) {
            regions.add();
        }
        set(size, vector);
        return size++;
    }

    /// Overwrites a slot.
    void set(int slot, float[] vector) throws IOException {
        MemorySegment.copy(vector, 0, regions.get(slot / REGION), FLOAT, offset(slot), dimension);
        codes.set(slot, vector);
    }

    /// Overwrites a slot with zeros. It is not used again.
    void clear(int slot) throws IOException {
        set(slot, new float[dimension]);
    }

    private long offset(int slot) {
        return (long) (slot % REGION) * dimension * Float.BYTES;
    }

    /// Returns the approximate scalar product of each slot with a vector.
    Scan scan(float[] query) {
        return codes.scan(query, size);
    }

    /// Returns the exact scalar product of a slot with a vector.
    float score(int slot, float[] query) {
        float[] row = new float[dimension];
        MemorySegment.copy(regions.get(slot / REGION), FLOAT, offset(slot), row, 0, dimension);
        for (int i = 0; i < dimension; i++) {
            row[i] *= query[i];
        }
        // Adds the halves until one number is left: the compiler makes no vector instructions of a plain sum.
        for (int left = dimension; left > 1;) {
            int half = left / 2;
            left -= half;
            for (int i = 0; i < half; i++) {
                row[i] += row[left + i];
            }
        }
        return row[0];
    }

    /// Returns the number of slots in use.
    int size() {
        return size;
    }

    /// Writes all vectors to the disk. Blocks.
    void force() {
        regions.force();
        codes.force();
    }

    @Override
    public void close() {
        codes.close();
        regions.close();
    }
}
