package dev.memfuse.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.exception.NotFoundException;

/// Keys by which clients over the network prove who they are. Storage holds hashes only: the text of a key is returned
/// once, by [#create].
///
/// Thread-safe; every method blocks for the database.
public interface ApiKeys {
    /// Beginning of the text of every key.
    String PREFIX = "mf_";

    /// A key.
    ///
    /// @param userId user whose data the key opens; empty opens the data of all users
    /// @param name description for the user
    record ApiKey(UUID id, Optional<UUID> userId, Optional<String> name, Instant createdAt,
            Optional<Instant> expiresAt) {}

    /// A created key.
    ///
    /// @param text the key as clients send it; secret
    record CreatedKey(ApiKey key, String text) {
        @Override
        public String toString() {
            return "CreatedKey[key=" + key + "]";
        }
    }

    /// Creates a key.
    ///
    /// @param userId user whose data it opens; empty opens the data of all users
    /// @param name description, at most 1000 bytes in UTF-8
    /// @param expiresAt time from which it is refused, on the clock of the database; empty never
    /// @throws NotFoundException when there is no such user
    CreatedKey create(Optional<UUID> userId, Optional<String> name, Optional<Instant> expiresAt);

    /// Returns the keys of a user, or those for all users; expired ones too.
    List<ApiKey> list(Optional<UUID> userId);

    /// Deletes a key of a user, or one for all users.
    ///
    /// @return false when there was none
    boolean revoke(Optional<UUID> userId, UUID keyId);

    /// Returns the key with this text, unless it is unknown, revoked or expired.
    Optional<ApiKey> find(String text);

    /// Returns whether there is a key of any kind.
    boolean exist();
}
