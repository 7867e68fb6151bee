package dev.memfuse.metrics.pool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The connection pools of the running engine, for a person who examines and steers them. Costs nothing until it is
/// asked, except one copy of the leases at a wait that timed out. Thread-safe.
public interface ConnectionPools {
    /// Without an engine there is no pool.
    ConnectionPools NONE = new ConnectionPools() {};

    /// Returns the pools: that of the primary server first, then that of the standbys, then those that close when their
    /// connections in use have returned. Does not block.
    default List<Pool> pools() {
        return List.of();
    }

    /// Returns the leases of this moment with the state of their backends. Blocks for a connection of its own, so that
    /// an exhausted pool can be examined.
    default Snapshot snapshot() {
        return new Snapshot(Instant.EPOCH, List.of(), List.of(), "");
    }

    /// Returns the leases at the newest waits for a connection that timed out, newest first, at most
    /// [#MAX_FROZEN]; of several within a second the first. Does not block.
    default List<Snapshot> frozen() {
        return List.of();
    }

    /// Closes idle connections of a pool now, and connections in use when they return; new ones replace them.
    ///
    /// @param pool name of the pool
    default void softEvict(String pool) {}

    /// Makes further requests for a connection to the primary server wait, at most the timeout of the pool, until
    /// [#resume]. Leases that were granted before go on.
    default void suspend() {}

    /// Grants requests for a connection again.
    default void resume() {}

    /// Maximum number of [#frozen] snapshots.
    int MAX_FROZEN = 10;

    /// A pool.
    ///
    /// @param limit maximum number of connections
    /// @param minimumIdle number of connections that it keeps open
    /// @param timeoutMillis maximum wait for a connection
    /// @param suspended whether requests wait for [#resume]
    /// @param closing whether it closes when its connections in use have returned
    /// @param standbys whether its connections lead to standbys, which answer reads
    record Pool(String name, int active, int idle, int waiting, int limit, int minimumIdle, long timeoutMillis,
            boolean suspended, boolean closing, boolean standbys) {}

    /// A connection in use.
    ///
    /// @param pool name of its pool
    /// @param virtual whether its thread is virtual
    /// @param operation label of the operation; empty outside of one
    /// @param stage label of the stage of the operation; empty outside of one
    /// @param action purpose of the lease: completes the sentence "Could not …"
    /// @param heldNanos time since the lease began
    /// @param backendPid id of the server's process; 0 when it is not known
    /// @param backend state of the server's process; empty when it is not known
    record Lease(String pool, String thread, boolean virtual, String operation, String stage, String action,
            long heldNanos, int backendPid, Optional<Backend> backend) {
        /// Returns the lease with the state of its backend.
        public Lease with(Optional<Backend> found) {
            return new Lease(pool, thread, virtual, operation, stage, action, heldNanos, backendPid, found);
        }
    }

    /// A process of the server, from `pg_stat_activity`.
    ///
    /// @param waitEvent type and name of what it waits for; empty while it works
    /// @param statement its newest statement, at most 1000 characters
    record Backend(String state, String waitEvent, String statement) {}

    /// The leases at one moment, the longest first.
    ///
    /// @param problem why the backends are not known, a sentence; else empty
    record Snapshot(Instant at, List<Pool> pools, List<Lease> leases, String problem) {
        public Snapshot {
            pools = List.copyOf(pools);
            leases = List.copyOf(leases);
        }
    }
}
