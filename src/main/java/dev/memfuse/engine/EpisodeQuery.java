package dev.memfuse.engine;

import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.ValueCheck;

/// Selects episodes of a user, newest first.
///
/// @param session restricts to this session; empty takes all
/// @param limit maximum number of episodes, 1..10000
public record EpisodeQuery(Optional<UUID> session, int limit) {
    private static final int MAX_LIMIT = 10_000;

    /// @throws InvalidValueException when a value is null or out of range
    public EpisodeQuery {
        ValueCheck.present("session", session);
        ValueCheck.range("limit", limit, 1, MAX_LIMIT);
    }

    /// Selects the newest episodes of all sessions.
    public static EpisodeQuery newest(int limit) {
        return new EpisodeQuery(Optional.empty(), limit);
    }
}
