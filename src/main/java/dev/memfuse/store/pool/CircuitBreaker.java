package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/// Fails waits for a connection at once while the database is known to be away, those that began before included.
/// Thread-safe.
final class CircuitBreaker {
    /// Callers that wait for a connection, with the start of their wait in nanoseconds.
    private final Map<Thread, Long> waiting = new ConcurrentHashMap<>();
    private volatile @Nullable String reason;

    /// A wait for a connection.
    @FunctionalInterface
    interface Wait {
        Connection run() throws SQLException;
    }

    /// Opens the breaker: running and later waits fail at once with the reason until [#close].
    void open(String why) {
        reason = why;
        // Atomic with the removal, so that no caller has left its wait when the interrupt arrives.
        waiting.keySet().forEach(caller -> waiting.computeIfPresent(caller, (thread, _) -> {
            thread.interrupt();
            return null;
        }));
    }

    /// Closes the breaker: waits run again.
    void close() {
        reason = null;
    }

    /// @throws DatabaseAwayException while the breaker is open
    void check() throws DatabaseAwayException {
        String why = reason;
        if (why != null) {
            throw new DatabaseAwayException(why);
        }
    }

    /// Runs a wait for a connection.
    ///
    /// @throws DatabaseAwayException when the breaker is open or opens meanwhile
    Connection run(Wait wait) throws SQLException {
        check();
        Thread caller = Thread.currentThread();
        waiting.put(caller, System.nanoTime());
        try {
            // Again, since the breaker may have opened before this caller was known to it.
            check();
            return wait.run();
        } catch (SQLException e) {
            check();
            throw e;
        } finally {
            if (waiting.remove(caller) == null) {
                // The interrupt came from here.
                boolean _ = Thread.interrupted();
            }
        }
    }

    /// Returns the duration of the longest wait so far, in nanoseconds; 0 when no caller waits.
    ///
    /// @param now on the clock of [System#nanoTime]
    long longestWait(long now) {
        long longest = 0;
        for (long since : waiting.values()) {
            longest = Math.max(longest, now - since);
        }
        return longest;
    }
}
