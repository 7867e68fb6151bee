package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives the writer its next segment. Used by the writer's thread, but for [#nextSequence] and [#openBytes].
final class SegmentSource {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentSource.class);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(20);

    private final JournalSetup setup;
    private final PreallocatedSegment spare;
    private final Segments segments;
    private final Runnable taken;
    private final long epoch = new SecureRandom().nextLong();
    private volatile long nextSequence;
    private volatile long openBytes;

    /// @param nextSequence of the first segment
    /// @param taken told when the spare is used up
    SegmentSource(JournalSetup setup, PreallocatedSegment spare, Segments segments, long nextSequence,
            Runnable taken) {
        this.setup = setup;
        this.spare = spare;
        this.segments = segments;
        this.nextSequence = nextSequence;
        this.taken = taken;
    }

    long nextSequence() {
        return nextSequence;
    }

    /// What the segment being written takes on the disk.
    long openBytes() {
        return openBytes;
    }

    /// Waits until there is a spare for an entry.
    ///
    /// @param least bytes it must hold
    /// @param since when the entry was handed over
    /// @throws JournalException when the disk has had no room for as long as the limits' patience; the log is whole
    void prepare(long least, long since) {
        while (true) {
            JournalLimits limits = setup.limits().get();
            long wanted = Math.max(least, limits.segmentBytes());
            try {
                spare.prepare(wanted);
                return;
            } catch (IOException e) {
                if (setup.nanos().getAsLong() - since >= limits.patience().toNanos()) {
                    throw new JournalException("The journal in " + setup.folder() + " could not get a new segment of "
                            + wanted + " bytes: " + e.getMessage()
                            + ". The message was not acknowledged; free some space on the disk and try again.",
                            e.toString(), e);
                }
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    /// @throws IOException when it is not sure what the disk holds now
    OpenSegment next(ByteBuffer buffer) throws IOException {
        var header = new SegmentHeader(nextSequence, epoch, setup.clock().instant().toEpochMilli());
        var open = new OpenSegment(header, spare.take(header), buffer);
        nextSequence = header.sequence() + 1;
        openBytes = open.capacity();
        taken.run();
        return open;
    }

    /// The segment is written no more.
    void seal(OpenSegment open, long last) {
        segments.add(new Segment(open.sequence(), setup.folder().resolve(Segment.name(open.sequence())),
                open.capacity(), last));
        openBytes = 0;
        try {
            open.close();
        } catch (IOException e) {
            LOG.warn("Journal: segment {} could not be closed: {}", open.sequence(), e.getMessage());
        }
    }
}
