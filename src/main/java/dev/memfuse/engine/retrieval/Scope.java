package dev.memfuse.engine.retrieval;

import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;

/// Part of a user's entries that a query ranks: a filter whose agents are resolved to their sessions.
///
/// @param sessions restricts to these sessions; empty takes all
/// @param from restricts to messages of this instant or later
/// @param until restricts to messages before this instant
/// @param layers at least one
public record Scope(Optional<Set<UUID>> sessions, Optional<Instant> from, Optional<Instant> until,
        Set<MemoryLayer> layers) {
    /// All messages.
    public static final Scope ALL = new Scope(Optional.empty(), Optional.empty(), Optional.empty(),
            Set.of(MemoryLayer.M0));

    /// Returns whether a message is in the scope.
    public boolean covers(Message message) {
        return layers.contains(MemoryLayer.M0)
                && sessions.map(ids -> ids.contains(message.session().sessionId())).orElse(true)
                && from.map(start -> !message.createdAt().isBefore(start)).orElse(true)
                && until.map(message.createdAt()::isBefore).orElse(true);
    }

    /// Returns the live entries in the scope.
    BitSet of(EntryTable entries) {
        BitSet passing = new BitSet(entries.size());
        layers.forEach(layer -> entries.addLive(layer, passing));
        if (sessions.isEmpty() && from.isEmpty() && until.isEmpty()) {
            return passing;
        }
        Optional<BitSet> numbers = sessions.map(entries::sessionNumbers);
        long earliest = from.map(IndexEntry::micros).orElse(Long.MIN_VALUE);
        long end = until.map(IndexEntry::micros).orElse(Long.MAX_VALUE);
        for (int i = passing.nextSetBit(0); i >= 0; i = passing.nextSetBit(i + 1)) {
            long created = entries.createdMicros(i);
            if (created < earliest || created >= end
                    || (numbers.isPresent() && !numbers.get().get(entries.session(i)))) {
                passing.clear(i);
            }
        }
        return passing;
    }
}
