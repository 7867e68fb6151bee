package dev.memfuse.load.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.load.LoadResult.StorageResult;
import dev.memfuse.load.generator.LoadSystem;
import dev.memfuse.load.generator.SentMessages;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits after a run until its acknowledged messages are stored, and counts those that are not by asking the database.
///
record Settlement(RunContext context, RunState state) {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String PHASE = "Storing acknowledged messages";

    /// Counts the messages of users. Blocks for the database.
    ///
    /// @param users messages that each user sent
    StorageResult count(List<SentMessages> users) {
        int refused = Math.max(0, context.system().deadLetters() - context.deadLetters());
        long acknowledged = 0;
        long unsaved = 0;
        try {
            for (SentMessages user : users) {
                SentMessages.Counts sent = user.counts();
                acknowledged += sent.acknowledged();
                // A stored message whose add failed must not make up for one that was acknowledged and is missing.
                long stored = context.system().data().storedMessages(user.user(), sent.unacknowledged());
                unsaved += Math.max(0, sent.acknowledged() - stored);
            }
            return new StorageResult(acknowledged, unsaved, refused, false);
        } catch (EngineException e) {
            LOG.warn("Load: stored messages could not be counted. {}", e.getMessage());
            return uncounted(users, refused, e instanceof StorageUnavailableException);
        }
    }

    /// Without an answer of the database, the buffers tell what is not stored.
    private StorageResult uncounted(List<SentMessages> users, int refused, boolean away) {
        long acknowledged = users.stream().mapToLong(SentMessages::acknowledged).sum();
        return new StorageResult(acknowledged, Math.min(acknowledged, buffered()), refused, away);
    }

    private long buffered() {
        BufferSample depth = context.hub().buffered();
        return (long) depth.round() + depth.hybrid() + depth.inFlight();
    }

    /// Stores what is buffered, for at most the time of `buffer.performance.shutdown_timeout`. Blocks.
    ///
    /// @return false when some of it is not stored; a removal of its user would then wait for it
    boolean flush() throws InterruptedException {
        LoadSystem system = context.system();
        AtomicBoolean stored = new AtomicBoolean();
        Thread flush = BackgroundThreads.virtual("load-flush").start(() -> {
            try {
                system.flush();
                stored.set(true);
            } catch (EngineException e) {
                LOG.warn("Load: buffered messages were not stored. {}", e.getMessage());
            }
        });
        long most = buffered();
        long limit = context.tunables().get().buffer().performance().shutdownTimeout().toNanos();
        long deadline = System.nanoTime() + limit;
        while (!flush.join(POLL) && System.nanoTime() - deadline < 0 && !state.cancelled()) {
            long left = buffered();
            most = Math.max(most, left);
            state.after(Progress.of(PHASE, most - left, most));
        }
        return stored.get();
    }
}
