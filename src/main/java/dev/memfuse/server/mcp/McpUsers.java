package dev.memfuse.server.mcp;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.server.rest.ApiException;
import dev.memfuse.server.rest.Caller;
import dev.memfuse.server.rest.RecentCache;

/// Finds the user of a path. Keeps what it found for a minute, and while the database is away. Thread-safe.
final class McpUsers {
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final RecentCache<String, User> known = new RecentCache<>(MAX_AGE);

    /// Returns the user with this id or name; an id is tried first. A user that the caller may not use is not found.
    ///
    /// @throws ApiException with status 404
    User find(MemoryEngine engine, Caller caller, String idOrName) {
        return known.get(idOrName, text -> read(engine, text)).filter(user -> caller.mayUse(user.id()))
                .orElseThrow(() -> new ApiException(ApiException.NOT_FOUND, "user", "There is no such user."));
    }

    private static Optional<User> read(MemoryEngine engine, String idOrName) {
        try {
            return id(idOrName).flatMap(engine::user).or(() -> engine.user(idOrName));
        } catch (InvalidValueException e) {
            // No user can have this name.
            return Optional.empty();
        }
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Looks each user up again: one was deleted.
    void forget() {
        known.clear();
    }
}
