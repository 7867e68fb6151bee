package dev.memfuse.engine.retrieval;

import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;

/// What a query ranks: a filter whose agents are resolved to their sessions.
///
/// @param sessions only these; empty does not restrict
/// @param from only what was said at this instant or later
/// @param until only what was said before this instant
/// @param layers at least one
public record Scope(Optional<Set<UUID>> sessions, Optional<Instant> from, Optional<Instant> until,
        Set<MemoryLayer> layers) {
    /// All raw messages.
    public static final Scope ALL = new Scope(Optional.empty(), Optional.empty(), Optional.empty(),
            Set.of(MemoryLayer.M0));

    /// Whether a message passes.
    public boolean covers(Message message) {
        return layers.contains(MemoryLayer.M0)
                && sessions.map(wanted -> wanted.contains(message.session().sessionId())).orElse(true)
                && from.map(start -> !message.createdAt().isBefore(start)).orElse(true)
                && until.map(message.createdAt()::isBefore).orElse(true);
    }

    /// The live entries that pass.
    BitSet of(EntryTable catalog) {
        BitSet passing = new BitSet(catalog.size());
        boolean[] wanted = new boolean[MemoryLayer.values().length];
        layers.forEach(layer -> wanted[layer.ordinal()] = true);
        Optional<BitSet> places = sessions.map(catalog::sessionPlaces);
        long earliest = from.map(IndexEntry::micros).orElse(Long.MIN_VALUE);
        long end = until.map(IndexEntry::micros).orElse(Long.MAX_VALUE);
        for (int i = catalog.nextLive(0); i >= 0; i = catalog.nextLive(i + 1)) {
            long created = catalog.createdMicros(i);
            if (wanted[catalog.layer(i).ordinal()] && created >= earliest && created < end
                    && (places.isEmpty() || places.get().get(catalog.session(i)))) {
                passing.set(i);
            }
        }
        return passing;
    }
}
