package dev.memfuse.engine.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;

/// What the journal keeps.
public sealed interface JournalEntry {

    /// Messages that were acknowledged together and are not known to be in the database. Times come back in whole
    /// microseconds, as the database keeps them.
    ///
    /// @param createdAt when the round was taken in
    /// @param tokens of the first messages, in their order; those of the others were not counted
    record Round(UUID roundId, SessionKey session, Instant createdAt, List<NewMessage> messages, List<Integer> tokens)
            implements
                JournalEntry {
        public Round {
            messages = List.copyOf(messages);
            tokens = List.copyOf(tokens);
            if (tokens.size() > messages.size()) {
                throw new IllegalArgumentException("A round has no more token counts than messages.");
            }
        }
    }

    /// A removal: earlier rounds must not bring these messages back.
    ///
    /// @param sessionId empty: the whole user
    /// @param messageIds empty: the whole session
    record Erasure(UUID userId, Optional<UUID> sessionId, Set<UUID> messageIds) implements JournalEntry {
        public Erasure {
            messageIds = Set.copyOf(messageIds);
            if (sessionId.isEmpty() && !messageIds.isEmpty()) {
                throw new IllegalArgumentException("Messages are erased within a session.");
            }
        }
    }
}
