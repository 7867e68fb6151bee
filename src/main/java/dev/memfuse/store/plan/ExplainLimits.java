package dev.memfuse.store.plan;

import java.time.Duration;
import java.util.Locale;

/// Limits of the statements of an explanation: a person waits, and calls of others wait behind the locks of a call that
/// writes.
///
/// @param statement maximum duration of a statement
/// @param lock maximum wait for a lock
record ExplainLimits(Duration statement, Duration lock) {
    /// The limits of the program.
    static final ExplainLimits USUAL = new ExplainLimits(Duration.ofSeconds(20), Duration.ofSeconds(3));
    private static final Duration NETWORK = Duration.ofSeconds(5);

    /// Returns the statements that set the limits in a transaction.
    String sql() {
        return String.format(Locale.ROOT, "SET LOCAL statement_timeout = %d; SET LOCAL lock_timeout = %d",
                statement.toMillis(), lock.toMillis());
    }

    /// Returns after how many seconds without an answer the connection is given up: the server itself ends each
    /// statement before.
    int answerSeconds() {
        return (int) statement.plus(NETWORK).toSeconds();
    }
}
