package dev.memfuse.engine.service;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs rounds that storage refuses: the first at once, those of the seconds after it as one line. Thread-safe.
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int SECONDS = 10;

    private final ScheduledExecutorService timer;
    private boolean scheduled;
    private int rounds;
    private String reason = "";

    RefusalLog(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /// Called for a round that became a dead letter.
    ///
    /// @param why a sentence
    synchronized void refused(String why) {
        if (scheduled) {
            rounds++;
            reason = why;
            return;
        }
        LOG.error("Flush: storage refuses a round, which is now a dead letter: {}", why);
        scheduled = true;
        try {
            timer.schedule(this::summarize, SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            // The engine closes; the letter is on the disk.
            LOG.debug("Flush: no summary of refused rounds follows", e);
        }
    }

    private synchronized void summarize() {
        scheduled = rounds > 0;
        if (scheduled) {
            LOG.error("Flush: storage refused {} more rounds in {} s, which are now dead letters. The last one: {}",
                    rounds, SECONDS, reason);
            rounds = 0;
            timer.schedule(this::summarize, SECONDS, TimeUnit.SECONDS);
        }
    }
}
