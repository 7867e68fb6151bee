package dev.memfuse.target;

/// Heap and processor of a JVM, read once a second.
///
/// @param heapUsed bytes
/// @param heapCommitted bytes
/// @param heapMax bytes; -1 without a limit
/// @param processor share of all processors that the process used, 0..1; `NaN` when the target does not tell
public record JvmReading(long heapUsed, long heapCommitted, long heapMax, double processor) {
    /// Nothing was read yet.
    public static final JvmReading NONE = new JvmReading(0, 0, -1, Double.NaN);
}
