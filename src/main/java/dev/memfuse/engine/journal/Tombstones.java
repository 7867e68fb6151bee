package dev.memfuse.engine.journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;

/// Erasures collected while the journal is read from its newest entry to its oldest, so that each removes messages of
/// earlier rounds only.
final class Tombstones {
    private final Set<UUID> users = new HashSet<>();
    private final Set<SessionKey> sessions = new HashSet<>();
    private final Set<UUID> messages = new HashSet<>();

    /// Adds an erasure.
    void add(JournalEntry.Erasure erasure) {
        if (erasure.sessionId().isEmpty()) {
            users.add(erasure.userId());
        } else if (erasure.messageIds().isEmpty()) {
            sessions.add(new SessionKey(erasure.userId(), erasure.sessionId().get()));
        } else {
            messages.addAll(erasure.messageIds());
        }
    }

    /// Returns the creation, empty when its result or the user was erased.
    Optional<JournalEntry.Creation> filter(JournalEntry.Creation creation) {
        boolean erased = users.contains(creation.userId())
                || creation instanceof JournalEntry.CreatedSession(Session session)
                        && sessions.contains(session.key());
        return erased ? Optional.empty() : Optional.of(creation);
    }

    /// Returns the round without its erased messages; empty when none remains.
    Optional<JournalEntry.Round> filter(JournalEntry.Round round) {
        if (users.contains(round.session().userId()) || sessions.contains(round.session())) {
            return Optional.empty();
        }
        List<NewMessage> remaining = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < round.messages().size(); i++) {
            if (!messages.contains(round.messages().get(i).id())) {
                remaining.add(round.messages().get(i));
                if (i < round.tokens().size()) {
                    tokens.add(round.tokens().get(i));
                }
            }
        }
        if (remaining.size() == round.messages().size()) {
            return Optional.of(round);
        }
        return remaining.isEmpty()
                ? Optional.empty()
                : Optional.of(new JournalEntry.Round(round.roundId(), round.session(), round.createdAt(), remaining,
                        tokens));
    }
}
