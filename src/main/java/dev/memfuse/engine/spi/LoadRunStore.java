package dev.memfuse.engine.spi;

import java.time.Duration;
import java.util.Set;

/// Leases of the runs of loads. Reads across users, unlike other ports.
public interface LoadRunStore {

    /// Begins the lease of a run or extends it from now on, by the database's clock.
    void hold(String run, Duration lease);

    /// Ends the lease of a run.
    void end(String run);

    /// Returns the names of the runs with a lease.
    Set<String> running();
}
