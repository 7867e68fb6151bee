package dev.memfuse.postgres.probe;

import java.util.Map;
import java.util.Optional;

import dev.memfuse.store.pool.DatabaseTarget;
import org.jspecify.annotations.Nullable;

/// User and password of a connection. Its text hides the password.
///
/// @param user the role; when empty, the driver uses the name of the account
/// @param password when empty, the driver uses the password file, named by the variable `PGPASSFILE` or `~/.pgpass`
///     (`%APPDATA%\postgresql\pgpass.conf` on Windows)
public record Credentials(Optional<String> user, Optional<String> password) {

    /// Returns the credentials in the variables `PGUSER` and `PGPASSWORD`, which PostgreSQL's programs use too.
    public static Credentials fromEnvironment() {
        return from(System.getenv());
    }

    static Credentials from(Map<String, String> environment) {
        return new Credentials(present(environment.get("PGUSER")), present(environment.get("PGPASSWORD")));
    }

    private static Optional<String> present(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    /// Returns the target at an address with these credentials.
    public DatabaseTarget at(String url) {
        return new DatabaseTarget(url, user.orElse(""), password.orElse(""));
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user.orElse("(account)") + ", password=***]";
    }
}
