package dev.memfuse.engine;

import java.util.Optional;
import java.util.UUID;

/// Which episodes to read, newest first.
///
/// @param session only episodes of this session; empty takes all of the user
/// @param limit at most so many, 1..10000
public record EpisodeQuery(Optional<UUID> session, int limit) {

    /// The newest of the user.
    public static EpisodeQuery newest(int limit) {
        return new EpisodeQuery(Optional.empty(), limit);
    }
}
