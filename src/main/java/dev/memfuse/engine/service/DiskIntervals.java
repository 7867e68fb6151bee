package dev.memfuse.engine.service;

import java.time.Duration;

/// Intervals of the background work on the users' indexes on disk.
///
/// @param maintenance interval between two checks of the open indexes
/// @param save shortest interval between two saves of an index without pending removals
/// @param erasure interval between two searches for deletions by other processes
public record DiskIntervals(Duration maintenance, Duration save, Duration erasure) {
    /// The intervals of the program.
    public static final DiskIntervals DEFAULT = new DiskIntervals(Duration.ofSeconds(2), Duration.ofSeconds(10),
            Duration.ofSeconds(5));
}
