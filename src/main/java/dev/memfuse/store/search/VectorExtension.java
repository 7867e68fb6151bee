package dev.memfuse.store.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.memfuse.store.sql.Jdbc;
import org.jspecify.annotations.Nullable;

/// pgvector, as one database has it.
///
/// @param installed version in this database, null without it
/// @param available version that the server would install, null without it
public record VectorExtension(@Nullable String installed, @Nullable String available) {
    /// 0.8.3 repaired an index that VACUUM could damage, 0.8.4 inserts that failed during VACUUM.
    static final String OLDEST = "0.8.4";

    /// Asks one database.
    public static VectorExtension read(Connection connection) throws SQLException {
        return Jdbc.list(connection, row -> new VectorExtension(row.getString(1), row.getString(2)),
                "SELECT installed_version, default_version FROM pg_available_extensions WHERE name = 'vector'").stream()
                .findFirst().orElse(new VectorExtension(null, null));
    }

    /// Why it cannot be used here, as a sentence that says what to do; empty when it can, or could after
    /// `CREATE EXTENSION`.
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

    /// In a few words: `installed (0.8.6)`, `available (0.8.6)` or `missing`.
    public String text() {
        if (installed != null) {
            return "installed (" + installed + ")";
        }
        return available == null ? "missing" : "available (" + available + ")";
    }

    /// Whether the version lies before the oldest that can be used.
    static boolean tooOld(String version) {
        return Arrays.compare(numbers(version), numbers(OLDEST)) < 0;
    }

    private static int[] numbers(String version) {
        return List.of(version.split("\\D+", -1)).stream().filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt).toArray();
    }
}
