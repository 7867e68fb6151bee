package dev.memfuse.target;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The figures of a target at one moment.
///
/// @param sequence number of the sample within its session, from 1
/// @param pools in the order of their names
/// @param connection number of the connection within its session, from 1: between two of them the target was away
public record TargetSample(long sequence, Instant at, List<PoolReading> pools, JvmReading jvm, int connection) {
    public TargetSample {
        pools = List.copyOf(pools);
    }

    /// Returns a pool by its name.
    public Optional<PoolReading> pool(String name) {
        return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
    }
}
