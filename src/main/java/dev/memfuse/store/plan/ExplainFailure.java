package dev.memfuse.store.plan;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import dev.memfuse.engine.exception.EngineException;

/// Why a call could not be explained, as a sentence for the user.
///
/// @param call name of the call
/// @param limits limits of its statements
record ExplainFailure(String call, ExplainLimits limits) {
    private static final String CANCELLED = "57014";
    private static final String LOCKED = "55P03";
    private static final String READ_ONLY = "25006";
    private static final String REMAINS = " Nothing of it remains in the database.";

    /// Returns the exception for a failure of the database; one with another cause stays as it is.
    ///
    /// @param ran duration of the statement that failed
    EngineException of(Throwable failure, Duration ran) {
        Optional<SQLException> found = sql(failure);
        return found.map(cause -> new EngineException(sentence(cause, ran), "", failure))
                .orElseGet(() -> failure instanceof EngineException known
                        ? known
                        : new EngineException("The statements of " + call + " cannot be explained: "
                                + failure.getMessage(), "", failure));
    }

    private String sentence(SQLException cause, Duration ran) {
        String state = String.valueOf(cause.getSQLState());
        if (state.equals(CANCELLED)) {
            return ran.compareTo(limits.statement()) >= 0
                    ? "A statement of " + call + " was ended after " + seconds(limits.statement())
                            + ", the limit of an explanation." + REMAINS
                            + " Choose a user with fewer data, or explain it when the database is less busy."
                    : "A statement of " + call + " was cancelled on the server." + REMAINS + " Explain it again.";
        }
        if (state.equals(LOCKED)) {
            return "A statement of " + call + " waited " + seconds(limits.lock())
                    + " for rows that another session has locked." + REMAINS
                    + " Explain it again when that session has "
                    + "ended its transaction; the sessions of the Database page say which one blocks.";
        }
        if (state.equals(READ_ONLY)) {
            return "The database is read-only, so that " + call
                    + ", which writes, cannot be explained on it. Explain a "
                    + "call that reads, or connect to the primary server.";
        }
        if (state.startsWith("08") || state.startsWith("57P0")) {
            return "The database ended the connection while " + call + " was explained (" + line(cause) + ")." + REMAINS
                    + " Explain it again when the database answers.";
        }
        return "The statements of " + call + " cannot be explained: " + line(cause) + ".";
    }

    private static String seconds(Duration limit) {
        return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /// Returns the first line: the others repeat the statement.
    private static String line(SQLException cause) {
        String text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static Optional<SQLException> sql(Throwable failure) {
        for (Throwable now = failure; now != null; now = now.getCause()) {
            if (now instanceof SQLException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
