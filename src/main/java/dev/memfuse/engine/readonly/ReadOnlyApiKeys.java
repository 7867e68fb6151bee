package dev.memfuse.engine.readonly;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.ApiKeys;
import dev.memfuse.engine.exception.ReadOnlyException;

/// Keys of clients of a database that is open read-only: they are checked and listed.
record ReadOnlyApiKeys(ApiKeys all) implements ApiKeys {
    @Override
    public CreatedKey create(Optional<UUID> userId, Optional<String> name, Optional<Instant> expiresAt) {
        throw new ReadOnlyException();
    }

    @Override
    public List<ApiKey> list(Optional<UUID> userId) {
        return all.list(userId);
    }

    @Override
    public boolean revoke(Optional<UUID> userId, UUID keyId) {
        throw new ReadOnlyException();
    }

    @Override
    public Optional<ApiKey> find(String text) {
        return all.find(text);
    }

    @Override
    public boolean exist() {
        return all.exist();
    }
}
