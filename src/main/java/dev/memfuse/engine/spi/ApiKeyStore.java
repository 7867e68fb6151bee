package dev.memfuse.engine.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.ApiKeys.ApiKey;
import dev.memfuse.engine.exception.NotFoundException;

/// Keys of clients, by the hash of their secret. Thread-safe; every method blocks.
public interface ApiKeyStore {

    /// Stores a key by the hash of its secret.
    ///
    /// @param userId its user; empty for a key for all users
    /// @throws NotFoundException when there is no such user
    ApiKey create(UUID keyId, Optional<UUID> userId, byte[] hash, Optional<String> name,
            Optional<Instant> expiresAt);

    /// Returns the keys of a user, or those for all users.
    List<ApiKey> list(Optional<UUID> userId);

    /// Returns a key that has not expired.
    Optional<ApiKey> find(UUID keyId, Optional<UUID> userId, byte[] hash);

    /// Deletes a key. Returns false when there was none.
    boolean delete(UUID keyId, Optional<UUID> userId);

    /// Returns whether there is any key. Reads across users.
    boolean any();
}
