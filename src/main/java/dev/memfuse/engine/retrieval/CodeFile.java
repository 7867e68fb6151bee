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
/// Blocks of 128 vectors are stored by column: the first components of all vectors of a block, then their second
/// components. A scan then adds rows without a reduction, which the compiler turns into vector instructions. After the
/// components of a block follow the factors of its vectors, then the largest errors of their scores with a vector of
/// length 1.
///
/// Guarded by the index that owns it; several threads may call [#scan] at once.
final class CodeFile implements AutoCloseable {
    private static final int BLOCK = 128;
    private static final int REGION_BLOCKS = 32;
    private static final int REGION = BLOCK * REGION_BLOCKS;
    private static final int AT_ONCE = 4;
    private static final int MAX_CODE = Byte.MAX_VALUE;
    /// Number of vectors from which on idle processors share a scan.
    private static final int PARALLEL = 20_000;
    /// Relative error of a sum of floats for each summand, twice: in the scan and in the exact score.
    private static final double ROUNDING = 2 * 0x1p-23;
    /// Length from which on the exact score may exceed the largest float, so that no error of it is known.
    private static final double LONGEST = 1e18;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final MappedRegions regions;
    private final int dimension;
    private final long blockBytes;

    private CodeFile(MappedRegions regions, int dimension) {
        this.regions = regions;
        this.dimension = dimension;
        this.blockBytes = blockBytes(dimension);
    }

    private static long blockBytes(int dimension) {
        return (long) BLOCK * (dimension + 2 * Float.BYTES);
    }

    /// Opens or creates a file.
    ///
    /// @param dimension length of each vector, a multiple of 4
    /// @param size number of slots in use
    static CodeFile open(Path file, int dimension, int size) throws IOException {
        if (dimension % AT_ONCE != 0) {
            throw new IllegalArgumentException("The length of vectors must be a multiple of 4, not " + dimension + ".");
        }
        return new CodeFile(MappedRegions.open(file, REGION_BLOCKS * blockBytes(dimension),
                (size + REGION - 1) / REGION), dimension);
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
        double error = 0;
        double length = 0;
        for (int i = 0; i < dimension; i++) {
            byte code = factor == 0 ? 0 : (byte) Math.round(vector[i] / factor);
            region.set(ValueLayout.JAVA_BYTE, block + (long) i * BLOCK + slot % BLOCK, code);
            double rest = vector[i] - (double) code * factor;
            error += rest * rest;
            length += (double) vector[i] * vector[i];
        }
        region.set(FLOAT, factors(block) + (long) (slot % BLOCK) * Float.BYTES, factor);
        double bound = Math.sqrt(error) + Math.sqrt(length) * dimension * ROUNDING;
        region.set(FLOAT, errors(block) + (long) (slot % BLOCK) * Float.BYTES,
                Math.sqrt(length) > LONGEST ? Float.POSITIVE_INFINITY : Math.nextUp((float) bound));
    }

    private long block(int slot) {
        return slot % REGION / BLOCK * blockBytes;
    }

    private long factors(long block) {
        return block + (long) BLOCK * dimension;
    }

    private long errors(long block) {
        return factors(block) + (long) BLOCK * Float.BYTES;
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
        float[] scores = new float[(size + BLOCK - 1) / BLOCK * BLOCK];
        float[] errors = new float[(size + REGION - 1) / REGION];
        IntStream parts = IntStream.range(0, errors.length);
        (size < PARALLEL ? parts : parts.parallel()).forEach(region -> errors[region] = scan(region, query, scores,
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

    /// Scores the slots of one region and returns their largest error.
    private float scan(int number, float[] query, float[] scores, int size) {
        float[] sums = new float[BLOCK];
        float error = 0;
        MemorySegment region = regions.get(number);
        int first = number * REGION;
        int end = Math.min(size, first + REGION);
        for (int start = first; start < end; start += BLOCK) {
            Arrays.fill(sums, 0);
            long block = block(start);
            for (int i = 0; i < dimension; i += AT_ONCE) {
                add(region, block + (long) i * BLOCK, query, i, sums);
            }
            long factors = factors(block);
            for (int j = 0; j < BLOCK; j++) {
                scores[start + j] = sums[j] * region.get(FLOAT, factors + j * 4L);
            }
            long errors = errors(block);
            for (int j = 0; j < Math.min(BLOCK, end - start); j++) {
                error = Math.max(error, region.get(FLOAT, errors + j * 4L));
            }
        }
        return error;
    }

    /// Adds four rows at once, so that the sums are read and written a quarter as often.
    private static void add(MemorySegment region, long at, float[] query, int component, float[] sums) {
        float q0 = query[component];
        float q1 = query[component + 1];
        float q2 = query[component + 2];
        float q3 = query[component + 3];
        for (int j = 0; j < BLOCK; j++) {
            long offset = at + j;
            sums[j] += q0 * region.get(ValueLayout.JAVA_BYTE, offset)
                    + q1 * region.get(ValueLayout.JAVA_BYTE, offset + BLOCK)
                    + q2 * region.get(ValueLayout.JAVA_BYTE, offset + BLOCK * 2L)
                    + q3 * region.get(ValueLayout.JAVA_BYTE, offset + BLOCK * 3L);
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
