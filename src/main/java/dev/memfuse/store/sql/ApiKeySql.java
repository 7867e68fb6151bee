package dev.memfuse.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.ApiKeys.ApiKey;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.spi.ApiKeyStore;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.StoreException;
import org.jspecify.annotations.Nullable;

/// The hashes of keys: those of one user in `api_keys`, which a deletion of the user removes, and those for all users
/// in `server_keys`, a reference table on Citus. Times are those of the database's clock.
public final class ApiKeySql implements ApiKeyStore {
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final String VALID = "AND key_hash = ? AND (expires_at IS NULL OR expires_at > now())";

    private final Database database;

    public ApiKeySql(Database database) {
        this.database = database;
    }

    @Override
    public ApiKey create(UUID keyId, Optional<UUID> userId, byte[] hash, Optional<String> name,
            Optional<Instant> expiresAt) {
        OffsetDateTime expiry = expiresAt.map(Statements::timestamp).orElse(null);
        try {
            return database.withConnection("create an API key", connection -> userId.isPresent()
                    ? Statements.query(connection, ApiKeySql::ofUser,
                            "INSERT INTO api_keys (user_id, key_id, key_hash, name, expires_at) "
                                    + "VALUES (?, ?, ?, ?, ?) "
                                    + "RETURNING user_id, key_id, name, created_at, expires_at",
                            userId.get(), keyId, hash, name.orElse(null), expiry)
                    : Statements.query(connection, ApiKeySql::ofAll,
                            "INSERT INTO server_keys (key_id, key_hash, name, expires_at) VALUES (?, ?, ?, ?) "
                                    + "RETURNING key_id, name, created_at, expires_at",
                            keyId, hash, name.orElse(null), expiry))
                    .getFirst();
        } catch (StoreException e) {
            throw e.sqlState().equals(FOREIGN_KEY_VIOLATION) ? new NotFoundException("There is no such user.") : e;
        }
    }

    @Override
    public List<ApiKey> list(Optional<UUID> userId) {
        return database.withConnection("list the API keys", connection -> userId.isPresent()
                ? Statements.query(connection, ApiKeySql::ofUser,
                        "SELECT user_id, key_id, name, created_at, expires_at FROM api_keys WHERE user_id = ? "
                                + "ORDER BY key_id",
                        userId.get())
                : Statements.query(connection, ApiKeySql::ofAll,
                        "SELECT key_id, name, created_at, expires_at FROM server_keys ORDER BY key_id"));
    }

    @Override
    public Optional<ApiKey> find(UUID keyId, Optional<UUID> userId, byte[] hash) {
        return database.withConnection("look up an API key", connection -> userId.isPresent()
                ? Statements.query(connection, ApiKeySql::ofUser,
                        "SELECT user_id, key_id, name, created_at, expires_at FROM api_keys WHERE user_id = ? "
                                + "AND key_id = ? " + VALID,
                        userId.get(), keyId, hash)
                : Statements.query(connection, ApiKeySql::ofAll,
                        "SELECT key_id, name, created_at, expires_at FROM server_keys WHERE key_id = ? " + VALID,
                        keyId, hash))
                .stream().findFirst();
    }

    @Override
    public boolean delete(UUID keyId, Optional<UUID> userId) {
        return database.withConnection("revoke an API key", connection -> userId.isPresent()
                ? Statements.update(connection, "DELETE FROM api_keys WHERE user_id = ? AND key_id = ?",
                        userId.get(), keyId)
                : Statements.update(connection, "DELETE FROM server_keys WHERE key_id = ?", keyId)) > 0;
    }

    @Override
    public boolean any() {
        return database.withConnection("look for API keys", connection -> Statements.query(connection,
                row -> row.getBoolean(1),
                "SELECT EXISTS (SELECT 1 FROM server_keys) OR EXISTS (SELECT 1 FROM api_keys)").getFirst());
    }

    private static ApiKey ofUser(ResultSet row) throws SQLException {
        return key(row, RowMappers.uuid(row, "user_id"));
    }

    private static ApiKey ofAll(ResultSet row) throws SQLException {
        return key(row, null);
    }

    private static ApiKey key(ResultSet row, @Nullable UUID userId) throws SQLException {
        return new ApiKey(RowMappers.uuid(row, "key_id"), Optional.ofNullable(userId),
                Optional.ofNullable(row.getString("name")), RowMappers.instant(row, "created_at"),
                Optional.ofNullable(row.getObject("expires_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
