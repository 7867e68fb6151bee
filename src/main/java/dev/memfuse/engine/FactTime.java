package dev.memfuse.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// When a fact was said and when it holds.
///
/// @param observedAt when it was first said
/// @param happenedAt the time its words name, resolved against the time of the message; empty when they name none
/// @param validFrom since when it holds
/// @param validTo until when it held; empty while it is current
/// @param supersededBy the fact that took its place; empty while it is current
public record FactTime(Instant observedAt, Optional<Instant> happenedAt, Instant validFrom, Optional<Instant> validTo,
        Optional<UUID> supersededBy) {

    /// The time of a fact that is current: it holds since what it tells of, or since it was said.
    public static FactTime of(Instant observedAt, Optional<Instant> happenedAt) {
        return new FactTime(observedAt, happenedAt, happenedAt.filter(observedAt::isAfter).orElse(observedAt),
                Optional.empty(), Optional.empty());
    }

    /// The same, superseded.
    public FactTime supersededBy(UUID factId, Instant from) {
        return new FactTime(observedAt, happenedAt, validFrom, Optional.of(from), Optional.of(factId));
    }

    /// Whether nothing took its place.
    public boolean current() {
        return supersededBy.isEmpty();
    }
}
