package dev.memfuse.engine.journal;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What need not be done while someone waits: preallocating the next segment, writing the checkpoint when the mark
/// moved, deleting what is released. A failure here delays the deletion and is tried again; nothing is lost by it.
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final long PERIOD_MILLIS = 1_000;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("engine-journal-upkeep").unstarted(task));
    private final Checkpoint checkpoint;
    private final Segments segments;
    private final PreallocatedSegment spare;
    private final Supplier<Checkpoint.Values> current;
    private Checkpoint.Values written = Checkpoint.Values.NONE;
    private boolean failing;

    Maintenance(Checkpoint checkpoint, Segments segments, PreallocatedSegment spare,
            Supplier<Checkpoint.Values> current) {
        this.checkpoint = checkpoint;
        this.segments = segments;
        this.spare = spare;
        this.current = current;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::tryTidy, PERIOD_MILLIS, PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /// Preallocates in the background.
    void prepareSpare(long bytes) {
        try {
            thread.execute(() -> {
                try {
                    spare.prepare(bytes);
                } catch (IOException e) {
                    LOG.warn("Journal: the next segment could not be made ahead: {}", e.getMessage());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Journal: no segment is made ahead while it closes.", e);
        }
    }

    private void tryTidy() {
        try {
            tidy();
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("Journal: the checkpoint could not be written; released segments stay for now: {}",
                        e.getMessage());
            }
            failing = true;
        }
    }

    /// Writes the first checkpoint, so that there is one before there is a segment.
    synchronized void begin() throws IOException {
        written = current.get();
        checkpoint.write(written);
    }

    /// Writes the checkpoint and deletes what lies below its mark. Before a deletion both slots say so: should one be
    /// torn, the other must not miss what was deleted.
    synchronized void tidy() throws IOException {
        Checkpoint.Values values = current.get();
        boolean deletes = segments.hasBelow(values.mark());
        if (deletes || values.mark() != written.mark()) {
            checkpoint.write(values);
        }
        if (deletes) {
            checkpoint.write(values);
            segments.deleteBelow(values.mark());
        }
        written = values;
    }

    void close() {
        thread.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (thread.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
