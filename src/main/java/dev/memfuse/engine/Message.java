package dev.memfuse.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A message in memory.
///
/// @param roundId the `addBatch` call that added it
/// @param sequence position in its session, from 1, never reused; [#UNASSIGNED] while it is only buffered
/// @param createdAt time of the message, set by the client
/// @param editedAt time when its text or role was last replaced; empty when it never was
/// @param origin source of this copy
public record Message(UUID id, SessionKey session, UUID roundId, long sequence, Role role, String content,
        Instant createdAt, Optional<Instant> editedAt, Origin origin) {
    /// Sequence of an acknowledged message that is not stored yet. Such messages follow all stored ones.
    public static final long UNASSIGNED = Long.MAX_VALUE;

    /// Source of a copy of a message. A buffered copy takes precedence over the one in the database.
    public enum Origin {
        ROUND_BUFFER,
        HYBRID_BUFFER,
        IN_FLIGHT,
        DATABASE
    }
}
