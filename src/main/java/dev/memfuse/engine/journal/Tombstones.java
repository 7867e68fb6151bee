package dev.memfuse.engine.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;

/// The erasures that apply to unreleased rounds, each with its log sequence number: an erasure removes messages of
/// earlier rounds only. Thread-safe.
final class Tombstones {
    private final Map<UUID, Long> users = new ConcurrentHashMap<>();
    private final Map<SessionKey, Long> sessions = new ConcurrentHashMap<>();
    private final Map<UUID, Long> messages = new ConcurrentHashMap<>();

    /// Adds an erasure.
    void add(long lsn, JournalEntry.Erasure erasure) {
        if (erasure.sessionId().isEmpty()) {
            users.merge(erasure.userId(), lsn, Math::max);
        } else if (erasure.messageIds().isEmpty()) {
            sessions.merge(new SessionKey(erasure.userId(), erasure.sessionId().get()), lsn, Math::max);
        } else {
            erasure.messageIds().forEach(id -> messages.merge(id, lsn, Math::max));
        }
    }

    boolean isEmpty() {
        return users.isEmpty() && sessions.isEmpty() && messages.isEmpty();
    }

    /// Removes the erasures below the low-water mark: every round before them is released.
    void removeBelow(long lowWaterMark) {
        users.values().removeIf(lsn -> lsn < lowWaterMark);
        sessions.values().removeIf(lsn -> lsn < lowWaterMark);
        messages.values().removeIf(lsn -> lsn < lowWaterMark);
    }

    private static <K> boolean erased(Map<K, Long> erasures, K key, long lsn) {
        Long erasure = erasures.get(key);
        return erasure != null && erasure > lsn;
    }

    /// Returns whether what a creation created, or its user, was erased later.
    ///
    /// @param lsn log sequence number of the creation
    boolean erases(long lsn, JournalEntry.Creation creation) {
        return erased(users, creation.userId(), lsn)
                || (creation instanceof JournalEntry.CreatedSession(Session session)
                        && erased(sessions, session.key(), lsn));
    }

    /// Returns the round without its erased messages; empty when none remains.
    ///
    /// @param lsn log sequence number of the round
    Optional<JournalEntry.Round> filter(long lsn, JournalEntry.Round round) {
        if (isEmpty()) {
            return Optional.of(round);
        }
        if (erased(users, round.session().userId(), lsn) || erased(sessions, round.session(), lsn)) {
            return Optional.empty();
        }
        List<NewMessage> remaining = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < round.messages().size(); i++) {
            if (!erased(messages, round.messages().get(i).id(), lsn)) {
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
