package dev.memfuse.postgres.probe;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.pool.DatabaseTarget;
import org.jspecify.annotations.Nullable;

/// User and password of a connection. Its text hides the password.
///
/// @param user the role; when empty, the driver uses the name of the account
/// @param password when empty, the driver uses the password file, named by the variable `PGPASSFILE` or `~/.pgpass`
///     (`%APPDATA%\postgresql\pgpass.conf` on Windows)
/// @param problem why the password file cannot be used; empty when it can, or is not needed
public record Credentials(Optional<String> user, Optional<String> password, Optional<String> problem) {

    /// Returns credentials that need no password file.
    public Credentials(Optional<String> user, Optional<String> password) {
        this(user, password, Optional.empty());
    }

    /// Returns the credentials in the variables `PGUSER` and `PGPASSWORD`, which PostgreSQL's programs use too.
    public static Credentials fromEnvironment() {
        return from(System.getenv());
    }

    static Credentials from(Map<String, String> environment) {
        Optional<String> password = present(environment.get("PGPASSWORD"));
        return new Credentials(present(environment.get("PGUSER")), password,
                password.isPresent()
                        ? Optional.empty()
                        : PasswordFileCheck.problem(environment, Path.of(System.getProperty("user.home", "."))));
    }

    private static Optional<String> present(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    /// Returns the target at an address with these credentials.
    ///
    /// @throws EngineException when other accounts can use the password file
    public DatabaseTarget at(String url) {
        problem.ifPresent(sentence -> {
            throw new EngineException(sentence);
        });
        return new DatabaseTarget(url, user.orElse(""), password.orElse(""));
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user.orElse("(account)") + ", password=***]";
    }
}
