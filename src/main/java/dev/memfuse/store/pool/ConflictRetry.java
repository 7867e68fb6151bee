package dev.memfuse.store.pool;

import java.sql.SQLException;

/// Repeats work that PostgreSQL aborted for a conflict with other work, or refused because the server became read-only.
/// Such work had no effect, and a repetition may not fail again.
public final class ConflictRetry {
    private static final int MAX_ATTEMPTS = 3;

    private ConflictRetry() {}

    /// One attempt of the work.
    ///
    /// @param <T> its result
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws SQLException;
    }

    /// Runs the work, at most 3 times.
    ///
    /// @throws SQLException the failure of the last attempt
    public static <T> T run(Attempt<T> work) throws SQLException {
        for (int attempt = 1;; attempt++) {
            try {
                return work.run();
            } catch (SQLException e) {
                if (attempt == MAX_ATTEMPTS || !mayRepeat(e)) {
                    throw e;
                }
            }
        }
    }

    /// Returns whether a failure is a serialization failure, a deadlock or a refusal of a read-only server.
    public static boolean mayRepeat(SQLException e) {
        String state = e.getSQLState();
        return "40001".equals(state) || "40P01".equals(state) || "25006".equals(state);
    }
}
