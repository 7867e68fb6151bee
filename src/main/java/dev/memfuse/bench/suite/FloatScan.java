package dev.memfuse.bench.suite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The floor of a search: the scalar products of a query with all vectors, of floats, on one thread, and nothing else.
/// The vectors are stored outside the heap by column in blocks of 1024, the fastest layout for plain Java. One
/// thread.
final class FloatScan implements AutoCloseable {
    private static final int BLOCK = 1024;
    private static final int AT_ONCE = 4;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> blocks = new ArrayList<>();
    private final float[] sums = new float[BLOCK];
    private final int dimension;
    private int size;

    /// @param dimension length of each vector, a multiple of 4
    FloatScan(int dimension) {
        this.dimension = dimension;
    }

    void add(float[] vector) {
        if (size == blocks.size() * BLOCK) {
            blocks.add(arena.allocate((long) BLOCK * dimension * Float.BYTES, Long.BYTES));
        }
        MemorySegment block = blocks.get(size / BLOCK);
        for (int i = 0; i < dimension; i++) {
            block.set(FLOAT, ((long) i * BLOCK + size % BLOCK) * Float.BYTES, vector[i]);
        }
        size++;
    }

    /// Returns the scalar product of each vector with a query.
    float[] scores(float[] query) {
        float[] scores = new float[blocks.size() * BLOCK];
        for (int block = 0; block < blocks.size(); block++) {
            Arrays.fill(sums, 0);
            for (int i = 0; i < dimension; i += AT_ONCE) {
                add(blocks.get(block), (long) i * BLOCK * Float.BYTES, query, i, sums);
            }
            System.arraycopy(sums, 0, scores, block * BLOCK, BLOCK);
        }
        return scores;
    }

    private static void add(MemorySegment block, long at, float[] query, int component, float[] sums) {
        float q0 = query[component];
        float q1 = query[component + 1];
        float q2 = query[component + 2];
        float q3 = query[component + 3];
        for (int j = 0; j < BLOCK; j++) {
            long offset = at + j * 4L;
            sums[j] += q0 * block.get(FLOAT, offset) + q1 * block.get(FLOAT, offset + BLOCK * 4L)
                    + q2 * block.get(FLOAT, offset + BLOCK * 8L) + q3 * block.get(FLOAT, offset + BLOCK * 12L);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
