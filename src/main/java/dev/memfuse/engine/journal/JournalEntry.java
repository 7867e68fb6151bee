package dev.memfuse.engine.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;

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

    /// A user, agent or session that was created while the database was away and may not be in it. Its id is final, and
    /// its name is checked when it is stored (ADR 0026).
    sealed interface Creation extends JournalEntry {
        /// Returns the user that is created or that owns what is created.
        UUID userId();

        /// Returns the time of the creation.
        Instant createdAt();
    }

    /// A created user.
    record CreatedUser(User user) implements Creation {
        @Override
        public UUID userId() {
            return user.id();
        }

        @Override
        public Instant createdAt() {
            return user.createdAt();
        }
    }

    /// A created agent.
    record CreatedAgent(Agent agent) implements Creation {
        @Override
        public UUID userId() {
            return agent.userId();
        }

        @Override
        public Instant createdAt() {
            return agent.createdAt();
        }
    }

    /// A created session.
    record CreatedSession(Session session) implements Creation {
        @Override
        public UUID userId() {
            return session.key().userId();
        }

        @Override
        public Instant createdAt() {
            return session.createdAt();
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
