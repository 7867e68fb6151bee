package dev.memfuse.engine.journal;

import java.time.Duration;

/// The bounds of the journal. They are read at each append, so they may change while it is open.
///
/// @param maxBytes of entries that are not released, at least 1
/// @param maxAge of the oldest entry that is not released
/// @param segmentBytes size of a new segment, 4 KiB to 1 GiB; an entry that is larger gets a segment of its own size
/// @param patience how long an append waits for room before it fails; zero: it does not wait
public record JournalLimits(long maxBytes, Duration maxAge, long segmentBytes, Duration patience) {
    private static final long SMALLEST_SEGMENT = 4096;
    private static final long LARGEST_SEGMENT = 1L << 30;

    public JournalLimits {
        if (maxBytes < 1 || maxAge.isNegative() || patience.isNegative() || segmentBytes < SMALLEST_SEGMENT
                || segmentBytes > LARGEST_SEGMENT) {
            throw new IllegalArgumentException("These are no limits for a journal: maxBytes " + maxBytes + ", maxAge "
                    + maxAge + ", segmentBytes " + segmentBytes + ", patience " + patience + ".");
        }
    }
}
