package dev.memfuse.engine.journal;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Background work of the journal: preallocates the next segment, writes the checkpoint when the low-water mark moved,
/// and deletes released segments. A failure delays the deletion until the next period and loses nothing.
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final long PERIOD_MILLIS = 1_000;

    private final ScheduledExecutorService thread = BackgroundThreads.timer("engine-journal-upkeep");
    private final Checkpoint checkpoint;
    private final Segments segments;
    private final PreallocatedSegment spare;
    private final Supplier<Checkpoint.Values> current;
    private final LongSupplier segmentBytes;
    private Checkpoint.Values written = Checkpoint.Values.NONE;
    private boolean failing;

    Maintenance(Checkpoint checkpoint, Segments segments, PreallocatedSegment spare,
            Supplier<Checkpoint.Values> current, LongSupplier segmentBytes) {
        this.checkpoint = checkpoint;
        this.segments = segments;
        this.spare = spare;
        this.current = current;
        this.segmentBytes = segmentBytes;
    }

    /// Starts the periodic deletion.
    void start() {
        thread.scheduleWithFixedDelay(this::tryDeleteReleased, PERIOD_MILLIS, PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /// Preallocates the next segment in the background, unless it is there.
    void prepareSpare() {
        if (spare.bytes() >= segmentBytes.getAsLong()) {
            return;
        }
        try {
            thread.execute(() -> {
                try {
                    spare.prepare(segmentBytes.getAsLong());
                } catch (IOException e) {
                    LOG.warn("Journal: the next segment could not be preallocated: {}", e.getMessage());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Journal: no segment is preallocated while the journal closes.", e);
        }
    }

    private void tryDeleteReleased() {
        try {
            deleteReleased();
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("Journal: the checkpoint could not be written; released segments remain for now: {}",
                        e.getMessage());
            }
            failing = true;
        }
    }

    /// Writes the first checkpoint, so that it exists before the first segment.
    synchronized void writeFirstCheckpoint() throws IOException {
        written = current.get();
        checkpoint.write(written);
    }

    /// Writes the checkpoint and deletes the segments below its mark. Writes both slots before a deletion: when one is
    /// torn, the other must not expect deleted segments.
    synchronized void deleteReleased() throws IOException {
        Checkpoint.Values values = current.get();
        boolean deletes = segments.hasBelow(values.lowWaterMark());
        if (deletes || values.lowWaterMark() != written.lowWaterMark()) {
            checkpoint.write(values);
        }
        if (deletes) {
            checkpoint.write(values);
            segments.deleteBelow(values.lowWaterMark(), segmentBytes.getAsLong());
        }
        written = values;
    }

    /// Ends the background work; waits for a task in progress.
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
