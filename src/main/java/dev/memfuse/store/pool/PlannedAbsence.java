package dev.memfuse.store.pool;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/// A time in which the server is away on purpose, such as its restart: requests for a connection are held back, and the
/// pool is closed before, so that no connection breaks and none of the former server remains.
///
/// @param gate holds requests back
/// @param leases live view of the connections in use
/// @param removal removes the pool, so that the next request opens another one; returns null when there is none
record PlannedAbsence(AcquireGate gate, Collection<Connection> leases, Supplier<@Nullable ConnectionPool> removal) {
    private static final long RETURN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /// Runs work while no connection is in use. Those that have not returned within two seconds are aborted: their
    /// calls fail as in an outage, and are repeated where an outage is survived.
    void run(Runnable work) {
        gate.hold();
        try {
            long begin = System.nanoTime();
            while (!leases.isEmpty() && System.nanoTime() - begin < RETURN_NANOS) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            List.copyOf(leases).forEach(Database::abort);
            ConnectionPool pool = removal.get();
            if (pool != null) {
                pool.close();
            }
            work.run();
        } finally {
            gate.release();
        }
    }
}
