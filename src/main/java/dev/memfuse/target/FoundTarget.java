package dev.memfuse.target;

import java.util.List;

/// A JVM of this machine that was asked for its pools.
///
/// @param pools names of its pools, sorted; empty when it has none
/// @param problem sentence that says why it could not be asked; empty when it answered
public record FoundTarget(LocalJvm jvm, List<String> pools, String problem) {
    public FoundTarget {
        pools = List.copyOf(pools);
    }
}
