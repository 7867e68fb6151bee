package dev.memfuse.inspect;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.engine.Inspection;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryFilter;

/// Names the condition of a filter that excludes an entry. One thread.
final class FilterReasons {
    private final QueryFilter filter;
    private final Inspection inspection;
    private final Map<UUID, UUID> agents = new HashMap<>();

    FilterReasons(QueryFilter filter, Inspection inspection) {
        this.filter = filter;
        this.inspection = inspection;
    }

    /// Returns whether the filter excludes nothing.
    boolean excludesNothing() {
        return filter.equals(new QueryFilter(Set.of(), Set.of(), Optional.empty(),
                Optional.empty(), EnumSet.allOf(MemoryLayer.class)));
    }

    /// Returns why the filter excludes an entry, a sentence; empty when it does not. May block for the database.
    ///
    /// @param message the first source message of the entry
    Optional<String> reason(MemoryLayer layer, Message message) {
        if (!filter.layers().contains(layer)) {
            return Optional.of("It is in " + layer + "; the query takes " + filter.layers().stream().sorted()
                    .map(MemoryLayer::name).collect(Collectors.joining(", ")) + " only.");
        }
        if (!filter.sessions().isEmpty() && !filter.sessions().contains(message.session().sessionId())) {
            return Optional.of("It is of another session than the query takes.");
        }
        if (filter.from().filter(message.createdAt()::isBefore).isPresent()) {
            return Optional.of("Its time is before " + filter.from().get() + ".");
        }
        if (filter.until().filter(end -> !message.createdAt().isBefore(end)).isPresent()) {
            return Optional.of("Its time is not before " + filter.until().get() + ".");
        }
        if (!filter.agents().isEmpty() && !filter.agents().contains(agents.computeIfAbsent(
                message.session().sessionId(), _ -> inspection.agentOf(message.session())))) {
            return Optional.of("It is of another agent than the query takes.");
        }
        return Optional.empty();
    }
}
