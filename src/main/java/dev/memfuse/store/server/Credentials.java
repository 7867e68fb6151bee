package dev.memfuse.store.server;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;

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

    /// Of the embedded server.
    public static Credentials of(EmbeddedServer server) {
        return of(server.user(), server.password());
    }

    static Credentials of(String user, String password) {
        return new Credentials(Optional.of(user), Optional.of(password));
    }

    private static Optional<String> present(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    /// As properties of the driver; whatever is empty is left to the driver.
    public Properties asProperties() {
        var properties = new Properties();
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        return properties;
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user.orElse("(account)") + ", password=***]";
    }
}
