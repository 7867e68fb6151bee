package dev.memfuse.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Time of observation and period of validity of a fact.
///
/// @param observedAt time of its first source message
/// @param happenedAt time that its text names, resolved against the time of the message; empty when it names none
/// @param validFrom start of its validity
/// @param validTo end of its validity; empty while it is current
/// @param supersededBy id of the fact that replaced it; empty while it is current
public record FactTime(Instant observedAt, Optional<Instant> happenedAt, Instant validFrom, Optional<Instant> validTo,
        Optional<UUID> supersededBy) {

    /// Returns the time of a current fact. It is valid from the event, or from its observation when the event is later
    /// or unknown.
    public static FactTime of(Instant observedAt, Optional<Instant> happenedAt) {
        return new FactTime(observedAt, happenedAt, happenedAt.filter(observedAt::isAfter).orElse(observedAt),
                Optional.empty(), Optional.empty());
    }

    /// Returns the time of the fact after another one superseded it.
    ///
    /// @param from start of validity of the newer fact
    public FactTime supersededBy(UUID factId, Instant from) {
        return new FactTime(observedAt, happenedAt, validFrom, Optional.of(from), Optional.of(factId));
    }

    /// Returns whether no fact superseded it.
    public boolean current() {
        return supersededBy.isEmpty();
    }
}
