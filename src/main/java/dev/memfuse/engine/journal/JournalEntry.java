package dev.memfuse.engine.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;

/// An entry of the journal.
public sealed interface JournalEntry {

    /// Messages that were acknowledged together and may not be in the database. Times are truncated to microseconds,
    /// the precision of the database.
    ///
    /// @param createdAt time of the append
    /// @param tokens token counts of the first messages, in their order; the others were not counted
    record Round(UUID roundId, SessionKey session, Instant createdAt, List<NewMessage> messages, List<Integer> tokens)
            implements
                JournalEntry {
        public Round {
            messages = List.copyOf(messages);
            tokens = List.copyOf(tokens);
            if (tokens.size() > messages.size()) {
                throw new IllegalArgumentException("A round cannot have more token counts than messages.");
            }
        }
    }

    /// A tombstone: recovery removes these messages from earlier rounds.
    ///
    /// @param sessionId session of the messages; empty for all sessions of the user
    /// @param messageIds ids of the messages; empty for the whole session
    record Erasure(UUID userId, Optional<UUID> sessionId, Set<UUID> messageIds) implements JournalEntry {
        public Erasure {
            messageIds = Set.copyOf(messageIds);
            if (sessionId.isEmpty() && !messageIds.isEmpty()) {
                throw new IllegalArgumentException("Messages are erased within a session.");
            }
        }
    }
}
