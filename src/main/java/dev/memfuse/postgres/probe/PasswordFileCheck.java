package dev.memfuse.postgres.probe;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.file.OwnerFiles;

/// Permissions of PostgreSQL's password file, which the driver reads without a look at them. PostgreSQL's own programs
/// ignore a file that others can use; here it is refused, with the remedy.
final class PasswordFileCheck {
    private PasswordFileCheck() {}

    /// Returns the problem of the password file that the driver would read; empty when there is none.
    ///
    /// @param environment environment variables; `PGPASSFILE` names the file
    /// @param home the home folder, for `.pgpass`
    static Optional<String> problem(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault("PGPASSFILE", "");
        return OwnerFiles.problem(named.isEmpty() ? home.resolve(".pgpass") : Path.of(named), "password file");
    }
}
