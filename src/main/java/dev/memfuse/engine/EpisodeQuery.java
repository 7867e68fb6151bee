package dev.memfuse.engine;

import java.util.Optional;
import java.util.UUID;

/// Selects episodes of a user, newest first.
///
/// @param session restricts to this session; empty takes all
/// @param limit maximum number of episodes, 1..10000
public record EpisodeQuery(Optional<UUID> session, int limit) {

    /// Selects the newest episodes of all sessions.
    public static EpisodeQuery newest(int limit) {
        return new EpisodeQuery(Optional.empty(), limit);
    }
}
