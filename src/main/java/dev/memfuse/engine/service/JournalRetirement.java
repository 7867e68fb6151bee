package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Regularly deletes journal segments whose rounds are stored or erased. An erased text leaves the disk within
/// `buffer.journal.retire_after` and half a second after all earlier rounds are stored.
final class JournalRetirement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRetirement.class);
    private static final long TICK_MILLIS = 500;

    private final ReentrantLock lock = new ReentrantLock();
    private final Journal journal;
    private final Supplier<Duration> age;
    private boolean closed;

    JournalRetirement(Journal journal, Supplier<Duration> age, ScheduledExecutorService timer) {
        this.journal = journal;
        this.age = age;
        // On a thread of its own, since retirement blocks for the disk and the timer must not.
        timer.scheduleWithFixedDelay(() -> BackgroundThreads.virtual("engine-retire").start(this::retire), TICK_MILLIS,
                TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void retire() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (!closed) {
                journal.retire(age.get());
            }
        } catch (JournalException e) {
            LOG.debug("Journal: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a running deletion and prevents later ones.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
