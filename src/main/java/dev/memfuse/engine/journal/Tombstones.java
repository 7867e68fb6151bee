package dev.memfuse.engine.journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;

/// Erasures met while the journal is read from its newest entry to its oldest, so that each strikes earlier rounds only.
final class Tombstones {
    private final Set<UUID> users = new HashSet<>();
    private final Set<SessionKey> sessions = new HashSet<>();
    private final Set<UUID> messages = new HashSet<>();

    void add(JournalEntry.Erasure erasure) {
        if (erasure.sessionId().isEmpty()) {
            users.add(erasure.userId());
        } else if (erasure.messageIds().isEmpty()) {
            sessions.add(new SessionKey(erasure.userId(), erasure.sessionId().get()));
        } else {
            messages.addAll(erasure.messageIds());
        }
    }

    /// What is left of the round; empty when nothing is.
    Optional<JournalEntry.Round> filter(JournalEntry.Round round) {
        if (users.contains(round.session().userId()) || sessions.contains(round.session())) {
            return Optional.empty();
        }
        List<NewMessage> left = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < round.messages().size(); i++) {
            if (!messages.contains(round.messages().get(i).id())) {
                left.add(round.messages().get(i));
                if (i < round.tokens().size()) {
                    tokens.add(round.tokens().get(i));
                }
            }
        }
        if (left.size() == round.messages().size()) {
            return Optional.of(round);
        }
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new JournalEntry.Round(round.roundId(), round.session(), round.createdAt(), left,
                        tokens));
    }
}
