package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the journal delete what is stored or erased, regularly: within `buffer.journal.retire_after` and half a second an
/// erased text has left the disk, once everything before it is stored.
final class JournalRetirement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRetirement.class);
    private static final long TICK_MILLIS = 500;

    private final ReentrantLock working = new ReentrantLock();
    private final Journal journal;
    private final Supplier<Duration> age;
    private boolean closed;

    JournalRetirement(Journal journal, Supplier<Duration> age, ScheduledExecutorService timer) {
        this.journal = journal;
        this.age = age;
        // It waits for the disk, and the timer must not.
        timer.scheduleWithFixedDelay(() -> Thread.ofVirtual().name("engine-retire").start(this::retire), TICK_MILLIS,
                TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void retire() {
        if (!working.tryLock()) {
            return;
        }
        try {
            if (!closed) {
                journal.retire(age.get());
            }
        } catch (JournalException e) {
            LOG.debug("Journal: {}", e.getMessage());
        } finally {
            working.unlock();
        }
    }

    /// Waits for the deletion that runs; later ones do nothing.
    @Override
    public void close() {
        working.lock();
        try {
            closed = true;
        } finally {
            working.unlock();
        }
    }
}
