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

/// Vectors in a mapped file, so that they cost no heap, in blocks of columns: the first numbers of 128 vectors stand side
/// by side, then their second numbers. So a scan is sums of rows without reduction, which the compiler turns into vector
/// instructions; a row of numbers per vector takes twice as long.
///
/// A vector is named by its slot. What is in a slot that nobody refers to means nothing. Guarded by its owner; [#scores]
/// may run on several threads at once.
final class VectorFile implements AutoCloseable {
    private static final int BLOCK = 128;
    private static final int REGION_BLOCKS = 32;
    private static final int REGION = BLOCK * REGION_BLOCKS;
    private static final int AT_ONCE = 4;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.nativeOrder());

    private final FileChannel channel;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> regions = new ArrayList<>();
    private final int dimension;
    private int size;

    private VectorFile(FileChannel channel, int dimension) {
        this.channel = channel;
        this.dimension = dimension;
    }

    /// Opens or creates a file.
    ///
    /// @param dimension length of each vector, a multiple of 4
    /// @param size slots in use; what is behind them is overwritten
    static VectorFile open(Path file, int dimension, int size) throws IOException {
        if (dimension % AT_ONCE != 0) {
            throw new IllegalArgumentException("Vectors need a length that is a multiple of 4, not " + dimension + ".");
        }
        VectorFile opened = new VectorFile(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE), dimension);
        opened.size = size;
        while (opened.regions.size() * REGION < size) {
            opened.map();
        }
        return opened;
    }

    private void map() throws IOException {
        long bytes = (long) REGION * dimension * Float.BYTES;
        regions.add(channel.map(FileChannel.MapMode.READ_WRITE, regions.size() * bytes, bytes, arena));
    }

    /// Takes the next slot.
    int add(float[] vector) throws IOException {
        if (size == regions.size() * REGION) {
            map();
        }
        set(size, vector);
        return size++;
    }

    /// Overwrites a slot.
    void set(int slot, float[] vector) {
        MemorySegment region = regions.get(slot / REGION);
        for (int i = 0; i < dimension; i++) {
            region.set(FLOAT, place(slot % REGION, i), vector[i]);
        }
    }

    /// Leaves nothing of the vector in a slot, which is not used again.
    void clear(int slot) {
        set(slot, new float[dimension]);
    }

    private long place(int within, int component) {
        return ((long) (within / BLOCK) * BLOCK * dimension + (long) component * BLOCK + within % BLOCK) * Float.BYTES;
    }

    /// The scalar product of each slot with a vector.
    float[] scores(float[] query) {
        float[] scores = new float[(size + BLOCK - 1) / BLOCK * BLOCK];
        float[] sums = new float[BLOCK];
        for (int start = 0; start < size; start += BLOCK) {
            Arrays.fill(sums, 0);
            MemorySegment region = regions.get(start / REGION);
            long at = place(start % REGION, 0);
            for (int i = 0; i < dimension; i += AT_ONCE) {
                add(region, at + (long) i * BLOCK * Float.BYTES, query, i, sums);
            }
            System.arraycopy(sums, 0, scores, start, BLOCK);
        }
        return scores;
    }

    /// Four rows at once: the sums are then read and written a quarter as often.
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

    /// Slots in use.
    int size() {
        return size;
    }

    /// Waits until everything is on the disk.
    void force() {
        regions.forEach(MemorySegment::force);
    }

    @Override
    public void close() throws IOException {
        arena.close();
        channel.close();
    }
}
