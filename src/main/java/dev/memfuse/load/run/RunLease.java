package dev.memfuse.load.run;

import java.time.Duration;

import dev.memfuse.background.BackgroundLoop;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.exception.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the users of a run from removals by other processes, from [#open] to [#close]. The lease outlives an outage of
/// the database of almost two minutes; a killed run's users can be removed when it has passed.
final class RunLease implements AutoCloseable {
    /// Times of a lease.
    ///
    /// @param lease its length on the database's clock
    /// @param renewal time between renewals
    /// @param retry time after a failed renewal
    record Times(Duration lease, Duration renewal, Duration retry) {
        static final Times DEFAULT = new Times(Duration.ofMinutes(2), Duration.ofSeconds(10), Duration.ofSeconds(1));
    }

    private static final Logger LOG = LoggerFactory.getLogger(RunLease.class);

    private final LoadData data;
    private final String run;
    private final Times times;
    private final BackgroundLoop renewals;
    /// Of the newest attempt.
    private boolean held;

    private RunLease(LoadData data, String run, Times times) {
        this.data = data;
        this.run = run;
        this.times = times;
        // A platform thread: an interrupt in a call of the database would close the connection of a virtual one.
        renewals = new BackgroundLoop("load-lease", this::waitAndRenew);
    }

    /// Begins the lease. Blocks for the database; while that is away, the lease begins later.
    static RunLease open(LoadData data, String run) {
        return open(data, run, Times.DEFAULT);
    }

    static RunLease open(LoadData data, String run, Times times) {
        RunLease lease = new RunLease(data, run, times);
        lease.held = true;
        lease.renew();
        lease.renewals.start();
        return lease;
    }

    private boolean waitAndRenew() {
        Duration wait = held ? times.renewal() : times.retry();
        renewals.parkNanos(wait.toNanos());
        if (!renewals.closed()) {
            renew();
        }
        return true;
    }

    private void renew() {
        boolean before = held;
        try {
            data.holdRun(run, times.lease());
            held = true;
        } catch (EngineException e) {
            held = false;
            if (before) {
                LOG.warn("Load: the users of run {} could be removed by other processes. {}", run, e.getMessage());
            }
        }
    }

    /// Ends the lease. Blocks for the database; while that is away, the lease passes by itself.
    @Override
    public void close() {
        renewals.close();
        // A renewal after the end would begin the lease again.
        renewals.join();
        try {
            data.endRun(run);
        } catch (EngineException e) {
            LOG.info("Load: the lease of run {} passes by itself. {}", run, e.getMessage());
        }
    }
}
