package dev.memfuse.engine;

import java.time.Instant;
import java.util.UUID;

/// A message as it is remembered.
///
/// @param roundId the `addBatch` it came with
/// @param sequence place in its session, from 1, never used twice; [#UNASSIGNED] while it is only buffered
/// @param origin where this copy was read
public record Message(UUID id, SessionKey session, UUID roundId, long sequence, Role role, String content,
        Instant createdAt, Origin origin) {
    /// Sequence of a message that is acknowledged and not stored yet; such messages follow all stored ones.
    public static final long UNASSIGNED = Long.MAX_VALUE;

    /// Where a message was found; a copy nearer to the writer wins over one in the database.
    public enum Origin {
        ROUND_BUFFER,
        HYBRID_BUFFER,
        IN_FLIGHT,
        DATABASE
    }
}
