package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Vectors in a memory-mapped file outside the heap, in blocks of 128 vectors stored by column: the first components of
/// all vectors of a block, then their second components. A scan then adds rows without a reduction, which the compiler
/// turns into vector instructions; storage by row takes twice as long.
///
/// A vector is addressed by its slot. The content of a slot without an entry is undefined. Guarded by the index that
/// owns it; several threads may call [#scores] at once.
final class VectorFile implements AutoCloseable {
    private static final int BLOCK = 128;
    private static final int REGION_BLOCKS = 32;
    private static final int REGION = BLOCK * REGION_BLOCKS;
    private static final int AT_ONCE = 4;
    /// Number of vectors from which on idle processors share a scan.
    private static final int PARALLEL = 20_000;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.nativeOrder());

    private final Path file;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> regions = new ArrayList<>();
    private final int dimension;
    private int size;

    private VectorFile(Path file, int dimension) {
        this.file = file;
        this.dimension = dimension;
    }

    /// Opens or creates a file.
    ///
    /// @param dimension length of each vector, a multiple of 4
    /// @param size number of slots in use; new vectors overwrite the slots after them
    static VectorFile open(Path file, int dimension, int size) throws IOException {
        if (dimension % AT_ONCE != 0) {
            throw new IllegalArgumentException("The length of vectors must be a multiple of 4, not " + dimension + ".");
        }
        VectorFile opened = new VectorFile(file, dimension);
        opened.size = size;
        try {
            opened.map(Math.ceilDiv(size, REGION));
            return opened;
        } catch (Throwable e) {
            opened.close();
            throw e;
        }
    }

    /// Maps further regions. The file is open meanwhile only: many users have an index.
    private void map(int count) throws IOException {
        long bytes = (long) REGION * dimension * Float.BYTES;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            for (int i = 0; i < count; i++) {
                regions.add(channel.map(FileChannel.MapMode.READ_WRITE, regions.size() * bytes, bytes, arena));
            }
        }
    }

    /// Stores a vector in a new slot and returns the slot.
    int add(float[] vector) throws IOException {
        if (size == regions.size() * REGION) {
            map(1);
        }
        set(size, vector);
        return size++;
    }

    /// Overwrites a slot.
    void set(int slot, float[] vector) {
        MemorySegment region = regions.get(slot / REGION);
        for (int i = 0; i < dimension; i++) {
            region.set(FLOAT, offset(slot % REGION, i), vector[i]);
        }
    }

    /// Overwrites a slot with zeros. It is not used again.
    void clear(int slot) {
        set(slot, new float[dimension]);
    }

    private long offset(int within, int component) {
        return ((long) (within / BLOCK) * BLOCK * dimension + (long) component * BLOCK + within % BLOCK) * Float.BYTES;
    }

    /// Returns the scalar product of each slot with a vector.
    float[] scores(float[] query) {
        float[] scores = new float[(size + BLOCK - 1) / BLOCK * BLOCK];
        IntStream parts = IntStream.range(0, (size + REGION - 1) / REGION);
        (size < PARALLEL ? parts : parts.parallel()).forEach(region -> score(region, query, scores));
        return scores;
    }

    /// Scores the slots of one region.
    private void score(int number, float[] query, float[] scores) {
        float[] sums = new float[BLOCK];
        MemorySegment region = regions.get(number);
        int first = number * REGION;
        int end = Math.min(scores.length, first + REGION);
        for (int start = first; start < end; start += BLOCK) {
            Arrays.fill(sums, 0);
            long at = offset(start % REGION, 0);
            for (int i = 0; i < dimension; i += AT_ONCE) {
                add(region, at + (long) i * BLOCK * Float.BYTES, query, i, sums);
            }
            System.arraycopy(sums, 0, scores, start, BLOCK);
        }
    }

    /// Adds four rows at once, so that the sums are read and written a quarter as often.
    private static void add(MemorySegment region, long at, float[] query, int component, float[] sums) {
        float q0 = query[component];
        float q1 = query[component + 1];
        float q2 = query[component + 2];
        float q3 = query[component + 3];
        for (int j = 0; j < BLOCK; j++) {
            long offset = at + j * 4L;
            sums[j] += q0 * region.get(FLOAT, offset) + q1 * region.get(FLOAT, offset + BLOCK * 4L)
                    + q2 * region.get(FLOAT, offset + BLOCK * 8L) + q3 * region.get(FLOAT, offset + BLOCK * 12L);
        }
    }

    /// Returns the number of slots in use.
    int size() {
        return size;
    }

    /// Writes all vectors to the disk. Blocks.
    void force() {
        regions.forEach(MemorySegment::force);
    }

    @Override
    public void close() {
        arena.close();
    }
}
