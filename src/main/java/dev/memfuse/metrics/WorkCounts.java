package dev.memfuse.metrics;

import java.util.Arrays;

/// Counts of the engine's [Work], of an instant or of a span. Immutable.
public final class WorkCounts {
    /// No work.
    public static final WorkCounts NONE = new WorkCounts(new long[Work.values().length]);

    private final long[] values;

    WorkCounts(long[] values) {
        this.values = values;
    }

    /// Returns the count of one kind of work.
    public long of(Work work) {
        return values[work.ordinal()];
    }

    /// Returns the counts since an earlier instant.
    public WorkCounts since(WorkCounts earlier) {
        long[] differences = new long[values.length];
        Arrays.setAll(differences, i -> values[i] - earlier.values[i]);
        return new WorkCounts(differences);
    }

    /// Returns the sum of both counts.
    public WorkCounts plus(WorkCounts other) {
        long[] sums = new long[values.length];
        Arrays.setAll(sums, i -> values[i] + other.values[i]);
        return new WorkCounts(sums);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkCounts counts && Arrays.equals(values, counts.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "WorkCounts" + Arrays.toString(values);
    }
}
