package dev.memfuse.engine;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.ValueCheck;

/// Restricts a query to a part of the user's memory. Entries must satisfy all conditions; an empty one matches all.
///
/// @param sessions sessions of the messages
/// @param agents agents of the sessions
/// @param from earliest time of the messages, inclusive; any instant, rounded up to the precision of storage
/// @param until latest time of the messages, exclusive; any instant, rounded up to the precision of storage
/// @param layers layers of the hits, at least one
public record QueryFilter(Set<UUID> sessions, Set<UUID> agents, Optional<Instant> from, Optional<Instant> until,
        Set<MemoryLayer> layers) {
    /// All raw messages.
    public static final QueryFilter NONE = new QueryFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(),
            EnumSet.of(MemoryLayer.M0));

    /// @throws InvalidValueException when a value is null, there is no layer, or the time ends before it begins
    public QueryFilter {
        sessions = Set.copyOf(ValueCheck.elements("sessions", sessions));
        agents = Set.copyOf(ValueCheck.elements("agents", agents));
        requireOrder(ValueCheck.present("from", from), ValueCheck.present("until", until));
        from = from.map(ValueCheck::bound);
        until = until.map(ValueCheck::bound);
        layers = Set.copyOf(ValueCheck.elements("layers", layers));
        if (layers.isEmpty()) {
            throw new InvalidValueException("layers", "layers is empty. A query needs at least one layer.");
        }
    }

    private static void requireOrder(Optional<Instant> from, Optional<Instant> until) {
        if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
            throw new InvalidValueException("until", "until is " + until.get() + ", before from, which is "
                    + from.get() + ". Exchange them, or leave one out.");
        }
    }

    /// Returns the filter with these layers.
    public QueryFilter only(MemoryLayer... selected) {
        return new QueryFilter(sessions, agents, from, until, Set.of(selected));
    }
}
