package dev.memfuse.engine;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Restricts a query to a part of the user's memory. All restrictions hold at once; an empty one does not restrict.
///
/// @param sessions only what was said in one of these sessions
/// @param agents only what was said to one of these agents
/// @param from only what was said at this instant or later
/// @param until only what was said before this instant
/// @param layers which layers the hits come from, at least one
public record QueryFilter(Set<UUID> sessions, Set<UUID> agents, Optional<Instant> from, Optional<Instant> until,
        Set<MemoryLayer> layers) {
    /// The raw messages, without restriction.
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

    /// The same for these layers alone.
    public QueryFilter only(MemoryLayer... wanted) {
        return new QueryFilter(sessions, agents, from, until, Set.of(wanted));
    }
}
