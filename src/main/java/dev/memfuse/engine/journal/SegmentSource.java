package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.file.FileFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Provides the writer's next segment. [#nextSequence] and [#openBytes] are thread-safe; the writer's thread uses the
/// rest.
final class SegmentSource {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentSource.class);
    private static final long RETRY_INTERVAL = TimeUnit.MILLISECONDS.toNanos(20);

    private final JournalSetup setup;
    private final PreallocatedSegment spare;
    private final Segments segments;
    private final Runnable onHalfFull;
    private final long epoch = new SecureRandom().nextLong();
    private volatile long nextSequence;
    private volatile long openBytes;
    private boolean nextRequested;

    /// @param nextSequence sequence number of the next segment
    /// @param onHalfFull called when the current segment is half full, so that a journal with little traffic needs no
    ///        second segment
    SegmentSource(JournalSetup setup, PreallocatedSegment spare, Segments segments, long nextSequence,
            Runnable onHalfFull) {
        this.setup = setup;
        this.spare = spare;
        this.segments = segments;
        this.nextSequence = nextSequence;
        this.onHalfFull = onHalfFull;
    }

    /// Returns the sequence number of the next segment.
    long nextSequence() {
        return nextSequence;
    }

    /// Returns the size of the segment being written; 0 when there is none.
    long openBytes() {
        return openBytes;
    }

    /// Waits until a preallocated segment has room for an entry.
    ///
    /// @param minBytes minimum size of the segment
    /// @param submittedNanos time of the append, on the clock of [System#nanoTime]
    /// @throws JournalException when the disk is full for [JournalLimits#appendTimeout]; the log is intact
    void prepare(long minBytes, long submittedNanos) {
        while (true) {
            JournalLimits limits = setup.limits().get();
            long size = Math.max(minBytes, limits.segmentBytes());
            try {
                spare.prepare(size);
                return;
            } catch (IOException e) {
                if (setup.nanos().getAsLong() - submittedNanos >= limits.appendTimeout().toNanos()) {
                    throw new JournalException("The journal in " + setup.folder() + " could not get a new segment of "
                            + size + " bytes: " + FileFailures.reason(e)
                            + ". The message was not acknowledged; free some space on the disk and try again.",
                            e.toString(), e);
                }
            }
            LockSupport.parkNanos(RETRY_INTERVAL);
        }
    }

    /// Opens the preallocated segment for writing.
    ///
    /// @param firstLsn number of its first entry
    /// @throws IOException when the disk failed; its state is then unknown
    OpenSegment next(ByteBuffer buffer, long firstLsn) throws IOException {
        var header = new SegmentHeader(nextSequence, epoch, setup.clock().instant().toEpochMilli());
        Path file = setup.folder().resolve(Segment.name(header.sequence()));
        var open = new OpenSegment(header, file, spare.take(header), buffer);
        nextSequence = header.sequence() + 1;
        openBytes = open.capacity();
        nextRequested = false;
        segments.opened(firstLsn, file);
        return open;
    }

    /// Asks for the preallocation of the segment after the current one; has no effect when it was asked for.
    void prepareNext() {
        if (!nextRequested) {
            nextRequested = true;
            onHalfFull.run();
        }
    }

    /// Returns whether sealed segments still hold unreleased entries: none after them can be deleted before them.
    boolean hasSealed() {
        return segments.bytes() > 0;
    }

    /// Closes a segment that is complete.
    ///
    /// @param last the highest log sequence number in it or before it
    void seal(OpenSegment open, long last) {
        segments.add(new Segment(open.sequence(), open.file(), open.capacity(), open.end(), last));
        openBytes = 0;
        try {
            open.close();
        } catch (IOException e) {
            LOG.warn("Journal: segment {} could not be closed: {}", open.sequence(), FileFailures.reason(e));
        }
    }
}
