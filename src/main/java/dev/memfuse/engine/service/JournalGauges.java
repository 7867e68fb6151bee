package dev.memfuse.engine.service;

import java.util.concurrent.TimeUnit;

import dev.memfuse.engine.journal.DeadLetterFolder;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalStatus;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;

/// Samples the state of the journal and its drain rate. Used by the sampler thread only.
final class JournalGauges {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Journal journal;
    private final DeadLetterFolder deadLetters;
    private final StorageHealth health;
    private long windowStarted = System.nanoTime();
    private long releasedBefore;
    private double releasedPerSecond;

    JournalGauges(Journal journal, DeadLetterFolder deadLetters, StorageHealth health) {
        this.journal = journal;
        this.deadLetters = deadLetters;
        this.health = health;
    }

    JournalSample sample() {
        JournalStatus status = journal.status();
        long now = System.nanoTime();
        if (now - windowStarted >= WINDOW_NANOS) {
            releasedPerSecond = (status.released() - releasedBefore) * 1e9 / (now - windowStarted);
            releasedBefore = status.released();
            windowStarted = now;
        }
        long waiting = status.backlogEntries();
        return new JournalSample(waiting, status.backlogBytes(), status.oldestAge().toNanos() / 1e9,
                waiting == 0 ? 0 : waiting / releasedPerSecond, status.force().p99().toNanos(), health.isDown(),
                status.failure().isPresent(), deadLetters.count(), health.refusesWrites(), status.force().count());
    }
}
