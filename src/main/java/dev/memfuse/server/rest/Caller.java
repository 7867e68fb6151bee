package dev.memfuse.server.rest;

import java.util.Optional;
import java.util.UUID;

/// Who sent a request.
///
/// @param userId the only user whose data it may use; empty for all users
public record Caller(Optional<UUID> userId) {
    /// A caller who may use the data of all users.
    public static final Caller OF_ALL_USERS = new Caller(Optional.empty());

    /// Returns whether the caller may use the data of a user.
    public boolean mayUse(UUID user) {
        return userId.isEmpty() || userId.get().equals(user);
    }

    /// @throws ApiException with status 403 when the caller may not use the data of all users
    void requireAllUsers(String sentence) {
        if (userId.isPresent()) {
            throw new ApiException(ApiException.FORBIDDEN, sentence);
        }
    }
}
