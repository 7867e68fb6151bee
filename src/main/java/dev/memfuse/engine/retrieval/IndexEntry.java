package dev.memfuse.engine.retrieval;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;

/// What an index knows of a message, chunk or fact.
///
/// @param sequence place in the session; [dev.memfuse.engine.Message#UNASSIGNED] when it is not stored yet
/// @param createdMicros microseconds since 1970
/// @param sources ids of the messages of a chunk or fact; empty for a message
record IndexEntry(MemoryLayer layer, UUID id, UUID session, long sequence, long createdMicros, List<UUID> sources,
        String text) {

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
