package dev.memfuse.store.plan;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.pool.StoreException;

/// Why a call could not be explained, as a sentence for the user.
///
/// @param call name of the call
/// @param limits limits of its statements
record ExplainFailure(String call, ExplainLimits limits) {
    private static final String CANCELLED = "57014";
    private static final String LOCKED = "55P03";
    private static final String READ_ONLY = "25006";
    private static final String REMAINS = " Nothing of it remains in the database.";

    /// Returns the exception for a failure of the database; a failure that is a sentence already stays as it is.
    ///
    /// @param ran duration of the statement that failed
    EngineException of(Throwable failure, Duration ran) {
        Optional<SQLException> database = sql(failure);
        Optional<String> sentence = database.flatMap(cause -> sentence(cause, ran));
        if (sentence.isEmpty() && failure instanceof EngineException known && !(failure instanceof StoreException)) {
            return known;
        }
        return new EngineException(sentence.orElseGet(() -> "The statements of " + call + " cannot be explained: "
                + database.map(ExplainFailure::line).orElseGet(() -> String.valueOf(failure.getMessage())) + "."), "",
                failure);
    }

    private Optional<String> sentence(SQLException cause, Duration ran) {
        String state = String.valueOf(cause.getSQLState());
        if (state.equals(CANCELLED)) {
            return Optional.of(ran.compareTo(limits.statement()) >= 0
                    ? "A statement of " + call + " was ended after " + seconds(limits.statement())
                            + ", the limit of an explanation." + REMAINS
                            + " Choose a user with fewer data, or explain it when the database is less busy."
                    : "A statement of " + call + " was cancelled on the server." + REMAINS + " Explain it again.");
        }
        if (state.equals(LOCKED)) {
            return Optional.of("A statement of " + call + " waited " + seconds(limits.lock())
                    + " for rows that another session has locked." + REMAINS
                    + " Explain it again when that session has "
                    + "ended its transaction; the sessions of the Database page say which one blocks.");
        }
        if (state.equals(READ_ONLY)) {
            return Optional.of("The database is read-only, so that " + call
                    + ", which writes, cannot be explained on it. Explain a "
                    + "call that reads, or connect to the primary server, and without read-only.");
        }
        if (state.startsWith("08") || state.startsWith("57P0")) {
            return Optional.of("The database ended the connection while " + call + " was explained (" + line(cause)
                    + ")." + REMAINS
                    + " Explain it again when the database answers.");
        }
        return Optional.empty();
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
