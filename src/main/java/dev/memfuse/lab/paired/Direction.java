package dev.memfuse.lab.paired;

/// Whether a smaller or a larger value of a metric is better.
public enum Direction {
    /// As for latency and cost.
    LOWER_IS_BETTER,
    /// As for throughput and recall.
    HIGHER_IS_BETTER
}
