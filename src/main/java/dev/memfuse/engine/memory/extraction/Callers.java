package dev.memfuse.engine.memory.extraction;

import java.util.function.BooleanSupplier;

/// What callers of the engine do now, to which extraction yields. Both must be thread-safe and must not block.
///
/// @param querying whether queries arrive
/// @param calling whether calls of any kind arrive
public record Callers(BooleanSupplier querying, BooleanSupplier calling) {
    /// Nobody.
    static final Callers NONE = new Callers(() -> false, () -> false);
}
