package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Vectors quantized to 8 bits in a memory-mapped file: a component is a signed byte times a factor of its vector. A
/// scan of these codes reads a quarter of the bytes of the vectors, and its error is known.
///
/// Blocks of vectors are stored by column: the first components of all vectors of a block, then their second
/// components. A scan then adds rows without a reduction, which the compiler turns into vector instructions. After the
/// components of a block follow the factors of its vectors, then the largest errors of their scores with a vector of
/// length 1. The first blocks have 128 vectors, which keeps small files small; the others have 1024, whose long rows
/// are scanned twice as fast.
///
/// Guarded by the index that owns it; several threads may call [#scan] at once.
final class CodeFile implements AutoCloseable {
    private static final int SMALL_BLOCK = 128;
    private static final int BLOCK = 1024;
    /// Number of vectors in small blocks.
    private static final int SMALL = BLOCK;
    private static final int REGION = 4 * BLOCK;
    private static final int AT_ONCE = 8;
    private static final int HALF = AT_ONCE / 2;
    private static final int MAX_CODE = Byte.MAX_VALUE;
    /// Number of vectors from which on idle processors share a scan.
    private static final int PARALLEL = 8_000;
    /// Relative error of a sum of floats for each summand, twice: in the scan and in the exact score.
    private static final double ROUNDING = 2 * 0x1p-23;
    /// Length from which on the exact score may exceed the largest float, so that no error of it is known.
    private static final double LONGEST = 1e18;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final MappedRegions regions;
    private final int dimension;

    private CodeFile(MappedRegions regions, int dimension) {
        this.regions = regions;
        this.dimension = dimension;
    }

    /// Opens or creates a file.
    ///
    /// @param dimension length of each vector, a multiple of 4
    /// @param size number of slots in use
    static CodeFile open(Path file, int dimension, int size) throws IOException {
        if (dimension % HALF != 0) {
            throw new IllegalArgumentException("The length of vectors must be a multiple of 4, not " + dimension + ".");
        }
        return new CodeFile(MappedRegions.open(file, REGION * vectorBytes(dimension),
                (size + REGION - 1) / REGION), dimension);
    }

    /// Returns the bytes of a vector with its factor and its error.
    private static long vectorBytes(int dimension) {
        return dimension + 2L * Float.BYTES;
    }

    /// Returns the number of vectors in the block of a slot.
    private static int width(int slot) {
        return slot < SMALL ? SMALL_BLOCK : BLOCK;
    }

    /// Returns the offset of the block of a slot in its region.
    private long block(int slot) {
        int width = width(slot);
        return (long) slot % REGION / width * width * vectorBytes(dimension);
    }

    private long factors(long block, int width) {
        return block + (long) width * dimension;
    }

    private long errors(long block, int width) {
        return factors(block, width) + (long) width * Float.BYTES;
    }

    /// Stores the codes of a vector.
    void set(int slot, float[] vector) throws IOException {
        while (slot / REGION >= regions.count()) {
            regions.add();
        }
        float largest = 0;
        for (float component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        // Below the normal floats a quotient loses its digits: such a vector has zeros as codes, and a tiny error.
        float factor = largest / MAX_CODE < Float.MIN_NORMAL ? 0 : largest / MAX_CODE;
        MemorySegment region = regions.get(slot / REGION);
        long block = block(slot);
        int width = width(slot);
        int column = slot % width;
        double error = 0;
        double length = 0;
        for (int i = 0; i < dimension; i++) {
            byte code = factor == 0 ? 0 : (byte) Math.round(vector[i] / factor);
            region.set(ValueLayout.JAVA_BYTE, block + (long) i * width + column, code);
            double rest = vector[i] - (double) code * factor;
            error += rest * rest;
            length += (double) vector[i] * vector[i];
        }
        region.set(FLOAT, factors(block, width) + (long) column * Float.BYTES, factor);
        double bound = Math.sqrt(error) + Math.sqrt(length) * dimension * ROUNDING;
        region.set(FLOAT, errors(block, width) + (long) column * Float.BYTES,
                Math.sqrt(length) > LONGEST ? Float.POSITIVE_INFINITY : Math.nextUp((float) bound));
    }

    /// Approximate scores of all slots.
    ///
    /// @param scores scalar product of each slot with the query; some slots at the end may be unused
    /// @param error largest possible difference to the exact score; not a finite number when it is unknown
    @SuppressWarnings("ArrayRecordComponent") // scores by slot, never compared
    record Scan(float[] scores, float error) {}

    /// Returns the approximate scalar product of each slot with a vector.
    ///
    /// @param size number of slots in use
    Scan scan(float[] query, int size) {
        int last = width(Math.max(0, size - 1));
        float[] scores = new float[(size + last - 1) / last * last];
        float[] errors = new float[(size + BLOCK - 1) / BLOCK];
        IntStream parts = IntStream.range(0, errors.length);
        (size < PARALLEL ? parts : parts.parallel()).forEach(part -> errors[part] = scan(part * BLOCK, query, scores,
                size));
        float largest = 0;
        for (float error : errors) {
            largest = Math.max(largest, error);
        }
        double length = 0;
        for (float component : query) {
            length += (double) component * component;
        }
        return new Scan(scores, Math.nextUp((float) (largest * Math.sqrt(length))));
    }

    /// Scores as many slots as a large block has and returns their largest error.
    private float scan(int first, float[] query, float[] scores, int size) {
        float[] sums = new float[BLOCK];
        float error = 0;
        MemorySegment region = regions.get(first / REGION);
        int end = Math.min(size, first + BLOCK);
        for (int start = first; start < end; start += width(start)) {
            int width = width(start);
            Arrays.fill(sums, 0, width, 0);
            long block = block(start);
            int i = 0;
            for (; i + AT_ONCE <= dimension; i += AT_ONCE) {
                add(region, block + (long) i * width, width, query, i, sums);
            }
            for (; i < dimension; i += HALF) {
                addHalf(region, block + (long) i * width, width, query, i, sums);
            }
            long factors = factors(block, width);
            for (int j = 0; j < width; j++) {
                scores[start + j] = sums[j] * region.get(FLOAT, factors + j * 4L);
            }
            long errors = errors(block, width);
            int used = Math.min(width, end - start);
            for (int j = 0; j < used; j++) {
                float other = region.get(FLOAT, errors + j * 4L);
                error = other > error ? other : error;
            }
        }
        return error;
    }

    /// Adds eight rows at once, so that the sums are read and written an eighth as often.
    private static void add(MemorySegment region, long at, int width, float[] query, int component, float[] sums) {
        float q0 = query[component];
        float q1 = query[component + 1];
        float q2 = query[component + 2];
        float q3 = query[component + 3];
        float q4 = query[component + 4];
        float q5 = query[component + 5];
        float q6 = query[component + 6];
        float q7 = query[component + 7];
        for (int j = 0; j < width; j++) {
            long offset = at + j;
            sums[j] += q0 * region.get(ValueLayout.JAVA_BYTE, offset)
                    + q1 * region.get(ValueLayout.JAVA_BYTE, offset + width)
                    + q2 * region.get(ValueLayout.JAVA_BYTE, offset + width * 2L)
                    + q3 * region.get(ValueLayout.JAVA_BYTE, offset + width * 3L)
                    + q4 * region.get(ValueLayout.JAVA_BYTE, offset + width * 4L)
                    + q5 * region.get(ValueLayout.JAVA_BYTE, offset + width * 5L)
                    + q6 * region.get(ValueLayout.JAVA_BYTE, offset + width * 6L)
                    + q7 * region.get(ValueLayout.JAVA_BYTE, offset + width * 7L);
        }
    }

    /// Adds the last four rows.
    private static void addHalf(MemorySegment region, long at, int width, float[] query, int component, float[] sums) {
        float q0 = query[component];
        float q1 = query[component + 1];
        float q2 = query[component + 2];
        float q3 = query[component + 3];
        for (int j = 0; j < width; j++) {
            long offset = at + j;
            sums[j] += q0 * region.get(ValueLayout.JAVA_BYTE, offset)
                    + q1 * region.get(ValueLayout.JAVA_BYTE, offset + width)
                    + q2 * region.get(ValueLayout.JAVA_BYTE, offset + width * 2L)
                    + q3 * region.get(ValueLayout.JAVA_BYTE, offset + width * 3L);
        }
    }

    /// Writes all codes to the disk. Blocks.
    void force() {
        regions.force();
    }

    @Override
    public void close() {
        regions.close();
    }
}
