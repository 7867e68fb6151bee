package dev.memfuse.engine.retrieval;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;

/// A message, chunk or fact as it enters an index.
///
/// @param sequence position in the session; [Message#UNASSIGNED] when it is not stored yet
/// @param createdMicros microseconds since 1970
/// @param sources ids of the messages that a chunk or fact was derived from; empty for a message
record IndexEntry(MemoryLayer layer, UUID id, UUID session, long sequence, long createdMicros, List<UUID> sources,
        String text) {

    /// Returns the entry of a message.
    static IndexEntry of(Message message) {
        return new IndexEntry(MemoryLayer.M0, message.id(), message.session().sessionId(), message.sequence(),
                micros(message.createdAt()), List.of(), message.content());
    }

    /// Returns the entry of a fact by hand, which depends on no message and is alone in its session.
    static IndexEntry byHand(Fact fact) {
        return new IndexEntry(MemoryLayer.M2, fact.id(), fact.id(), Message.UNASSIGNED,
                micros(fact.time().observedAt()), List.of(), fact.content());
    }

    /// Returns microseconds since 1970.
    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
