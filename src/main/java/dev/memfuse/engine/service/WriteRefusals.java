package dev.memfuse.engine.service;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tracks whether a database that answers refuses writes. Logs one line when that begins and one when it ends. Times
/// are of the clock of [System#nanoTime]. Thread-safe.
final class WriteRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(WriteRefusals.class);
    /// Refused writes are repeated each second: it is over when none was refused for this time and one succeeded.
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(3);
    /// Time without a refusal after which it is over also when nothing is left to write.
    private static final long NOTHING_TO_WRITE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private volatile boolean active;
    private long refusedAt;
    private boolean succeeded;

    /// Returns whether writes are refused.
    boolean active() {
        return active;
    }

    /// Called when a write was refused.
    ///
    /// @param reason a sentence
    synchronized void refused(long now, String reason) {
        refusedAt = now;
        succeeded = false;
        if (!active) {
            active = true;
            LOG.warn("Database: refuses writes; reads go on, journaled messages are stored later. {}", reason);
        }
    }

    /// Called when a write succeeded. Cheap.
    void succeeded(long now) {
        if (active) {
            synchronized (this) {
                succeeded = true;
                check(now);
            }
        }
    }

    /// Finds out whether it is over.
    synchronized void check(long now) {
        long quiet = now - refusedAt;
        if (active && quiet >= (succeeded ? END_NANOS : NOTHING_TO_WRITE_NANOS)) {
            active = false;
            LOG.info("Database: takes writes again");
        }
    }
}
