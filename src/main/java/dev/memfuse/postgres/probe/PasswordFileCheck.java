package dev.memfuse.postgres.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Permissions of PostgreSQL's password file, which the driver reads without a look at them. PostgreSQL's own programs
/// ignore a file that others can use; here it is refused, with the remedy.
final class PasswordFileCheck {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PasswordFileCheck() {}

    /// Returns the problem of the password file that the driver would read; empty when there is none.
    ///
    /// @param environment environment variables; `PGPASSFILE` names the file
    /// @param home the home folder, for `.pgpass`
    static Optional<String> problem(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault("PGPASSFILE", "");
        Path file = named.isEmpty() ? home.resolve(".pgpass") : Path.of(named);
        if (!Files.isRegularFile(file) || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Optional.empty();
        }
        try {
            return OWNER.containsAll(Files.getPosixFilePermissions(file))
                    ? Optional.empty()
                    : Optional.of("Other accounts can use the password file " + file
                            + ", so it is not read. Close it to them: chmod 600 '" + file + "'");
        } catch (IOException e) {
            return Optional.of("The permissions of the password file " + file + " cannot be read: " + e.getMessage());
        }
    }
}
