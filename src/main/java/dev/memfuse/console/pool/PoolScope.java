package dev.memfuse.console.pool;

import java.util.Arrays;

/// The gauges of a pool, sampled many times a second and drawn as the range between minimum and maximum of each column,
/// so that a saturation of one sample stays visible. Bounded memory, no allocation for a sample. One thread.
final class PoolScope {
    /// Samples a second.
    static final int RATE = 20;
    /// Number of kept samples: one minute.
    static final int SAMPLES = 60 * RATE;

    private final int[] active = new int[SAMPLES];
    private final int[] waiting = new int[SAMPLES];
    private final int[] limit = new int[SAMPLES];
    private long count;

    /// Ranges of the columns, oldest first; `size` of them are valid.
    static final class Columns {
        final int[] activeMin;
        final int[] activeMax;
        final int[] waitingMin;
        final int[] waitingMax;
        /// Largest value of all, at least 1.
        int top = 1;
        /// Newest limit.
        int limit;
        /// Columns from here on have samples.
        int first;

        Columns(int columns) {
            activeMin = new int[columns];
            activeMax = new int[columns];
            waitingMin = new int[columns];
            waitingMax = new int[columns];
            first = columns;
        }
    }

    /// Adds a sample.
    void add(int activeNow, int waitingNow, int limitNow) {
        int index = (int) (count++ % SAMPLES);
        active[index] = activeNow;
        waiting[index] = waitingNow;
        limit[index] = limitNow;
    }

    /// Removes all samples.
    void clear() {
        count = 0;
    }

    long count() {
        return count;
    }

    /// Returns the ranges of the last minute. Columns are bound to whole numbers of samples since the start, so that a
    /// peak does not move between columns while time passes.
    ///
    /// @param columns number of columns, at least 1
    Columns columns(int columns) {
        Columns ranges = new Columns(columns);
        Arrays.fill(ranges.activeMin, Integer.MAX_VALUE);
        Arrays.fill(ranges.waitingMin, Integer.MAX_VALUE);
        int width = Math.max(1, (SAMPLES + columns - 1) / columns);
        long lastColumn = count == 0 ? 0 : (count - 1) / width;
        for (long i = Math.max(0, count - SAMPLES); i < count; i++) {
            int column = (int) (columns - 1 - (lastColumn - i / width));
            if (column < 0) {
                continue;
            }
            int index = (int) (i % SAMPLES);
            ranges.first = Math.min(ranges.first, column);
            ranges.activeMin[column] = Math.min(ranges.activeMin[column], active[index]);
            ranges.activeMax[column] = Math.max(ranges.activeMax[column], active[index]);
            ranges.waitingMin[column] = Math.min(ranges.waitingMin[column], waiting[index]);
            ranges.waitingMax[column] = Math.max(ranges.waitingMax[column], waiting[index]);
            ranges.top = Math.max(ranges.top, Math.max(limit[index], waiting[index]));
            ranges.limit = limit[index];
        }
        return ranges;
    }
}
