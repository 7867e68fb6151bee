package dev.memfuse.store.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.memfuse.store.sql.Statements;
import org.jspecify.annotations.Nullable;

/// Versions of pgvector in one database.
///
/// @param installed version installed in the database, null when it is not installed
/// @param available version that the server offers, null when it offers none
public record VectorExtension(@Nullable String installed, @Nullable String available) {
    /// 0.8.3 fixed index corruption by VACUUM, 0.8.4 inserts that failed during VACUUM.
    static final String OLDEST = "0.8.4";

    /// Reads the versions of a database.
    public static VectorExtension read(Connection connection) throws SQLException {
        return Statements.query(connection, row -> new VectorExtension(row.getString(1), row.getString(2)),
                "SELECT installed_version, default_version FROM pg_available_extensions WHERE name = 'vector'").stream()
                .findFirst().orElse(new VectorExtension(null, null));
    }

    /// Returns the problem that prevents its use, with a remedy; empty when it is usable, also after `CREATE
    /// EXTENSION`.
    public Optional<String> problem() {
        if (installed == null && available == null) {
            return Optional.of("The extension vector is not on this server: install pgvector " + OLDEST
                    + " or newer there, or set retrieval.backend to embedded.");
        }
        String version = installed == null ? String.valueOf(available) : installed;
        if (!tooOld(version)) {
            return Optional.empty();
        }
        boolean newerThere = available != null && !tooOld(available);
        return Optional.of("pgvector " + version + " is too old, " + OLDEST + " or newer is needed: "
                + (newerThere
                        ? "run ALTER EXTENSION vector UPDATE in this database"
                        : "install a newer one on the server")
                + ", or set retrieval.backend to embedded.");
    }

    /// Returns a short description: `installed (0.8.6)`, `available (0.8.6)` or `missing`.
    public String text() {
        if (installed != null) {
            return "installed (" + installed + ")";
        }
        return available == null ? "missing" : "available (" + available + ")";
    }

    /// Returns whether a version is older than the oldest usable one.
    static boolean tooOld(String version) {
        return Arrays.compare(numbers(version), numbers(OLDEST)) < 0;
    }

    private static int[] numbers(String version) {
        return List.of(version.split("\\D+", -1)).stream().filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt).toArray();
    }
}
