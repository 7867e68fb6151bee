package dev.memfuse.engine;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// An acknowledged round that storage refused for its content. It waits on the disk until it is retried or discarded.
///
/// @param roundId id of the round
/// @param session session of its messages
/// @param refusedAt time of the last refusal
/// @param reason why storage refused it, a sentence
/// @param createdAt time of the acknowledgement
/// @param messages the messages, in their order
/// @param bytes size on the disk
public record DeadLetter(UUID roundId, SessionKey session, Instant refusedAt, String reason, Instant createdAt,
        List<NewMessage> messages, long bytes) {
    public DeadLetter {
        messages = List.copyOf(messages);
    }
}
