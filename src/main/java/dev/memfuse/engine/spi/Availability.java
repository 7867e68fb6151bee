package dev.memfuse.engine.spi;

import java.util.Optional;

import dev.memfuse.engine.exception.StorageUnavailableException;

/// Whether the database is there. Thread-safe.
public interface Availability {

    /// Returns whether the database should be probed: a call lost its connection, calls wait without any answer, one
    /// waits for long, or nothing was answered for a second. Cheap.
    boolean needsProbe();

    /// Checks over a new connection whether the database accepts writes; usually takes at most two seconds. Never
    /// throws.
    ///
    /// @return the reason why the database is away; empty when it is there
    Optional<String> whyAway();

    /// Returns the timeline of the database: another number after a standby became the primary server, which may lack
    /// the last commits of the former one. 0 when it is unknown. Cheap.
    long timeline();

    /// Makes running and later calls fail at once with a [StorageUnavailableException], until [#resume].
    ///
    /// @param reason why the database is away
    void suspend(String reason);

    /// Lets calls use the database again.
    void resume();
}
