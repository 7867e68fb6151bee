package dev.memfuse.postgres.probe;

import java.util.Map;
import java.util.Optional;

import dev.memfuse.store.pool.DatabaseTarget;
import org.jspecify.annotations.Nullable;

/// Who to log in as. Never printed: [#toString] hides the password.
///
/// @param user the role; empty lets the driver take the account's own name
/// @param password empty lets the driver look into the password file, named by the variable `PGPASSFILE` or the usual
///        `~/.pgpass` (`%APPDATA%\postgresql\pgpass.conf` on Windows)
public record Credentials(Optional<String> user, Optional<String> password) {

    /// From the variables `PGUSER` and `PGPASSWORD`, as PostgreSQL's own programs take them.
    public static Credentials fromEnvironment() {
        return from(System.getenv());
    }

    static Credentials from(Map<String, String> environment) {
        return new Credentials(present(environment.get("PGUSER")), present(environment.get("PGPASSWORD")));
    }

    private static Optional<String> present(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    /// A database at this address for this login.
    public DatabaseTarget at(String url) {
        return new DatabaseTarget(url, user.orElse(""), password.orElse(""));
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user.orElse("(account)") + ", password=***]";
    }
}
