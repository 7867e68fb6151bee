package dev.memfuse.engine.retrieval;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;

/// A message, chunk or fact as it enters an index.
///
/// @param sequence position in the session; [Message#UNASSIGNED] when it is not stored yet
/// @param createdMicros microseconds since 1970
/// @param sources ids of the messages that a chunk or fact was derived from; empty for a message
record IndexEntry(MemoryLayer layer, UUID id, UUID session, long sequence, long createdMicros, List<UUID> sources,
        String text) {

    /// Returns microseconds since 1970.
    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
