package dev.memfuse.engine;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Restricts a query to a part of the user's memory. Entries must satisfy all conditions; an empty one matches all.
///
/// @param sessions sessions of the messages
/// @param agents agents of the sessions
/// @param from earliest time of the messages, inclusive
/// @param until latest time of the messages, exclusive
/// @param layers layers of the hits, at least one
public record QueryFilter(Set<UUID> sessions, Set<UUID> agents, Optional<Instant> from, Optional<Instant> until,
        Set<MemoryLayer> layers) {
    /// All raw messages.
    public static final QueryFilter NONE = new QueryFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(),
            EnumSet.of(MemoryLayer.M0));

    public QueryFilter {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("A query needs at least one layer.");
        }
        sessions = Set.copyOf(sessions);
        agents = Set.copyOf(agents);
        layers = Set.copyOf(layers);
    }

    /// Returns the filter with these layers.
    public QueryFilter only(MemoryLayer... selected) {
        return new QueryFilter(sessions, agents, from, until, Set.of(selected));
    }
}
