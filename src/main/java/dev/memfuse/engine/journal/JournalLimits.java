package dev.memfuse.engine.journal;

import java.time.Duration;

import dev.memfuse.config.section.BufferConfig;

/// Limits of the journal. They are read at each append, so they may change while the journal is open.
///
/// @param maxBytes maximum size of the unreleased entries in bytes, at least 1
/// @param maxAge maximum age of the oldest unreleased entry
/// @param segmentBytes size of a new segment, 4 KiB to 1 GiB; a larger entry gets a segment of its size
/// @param appendTimeout longest wait of an append for room; zero for none
/// @param keepReleased time for which a complete segment of released entries stays on the disk
public record JournalLimits(long maxBytes, Duration maxAge, long segmentBytes, Duration appendTimeout,
        Duration keepReleased) {
    private static final long MIN_SEGMENT_BYTES = 4096;
    private static final long MAX_SEGMENT_BYTES = 1L << 30;
    /// Segments stay for this part of the time after which stored texts leave the journal.
    private static final int KEPT_PART = 6;

    public JournalLimits {
        if (maxBytes < 1 || maxAge.isNegative() || appendTimeout.isNegative() || segmentBytes < MIN_SEGMENT_BYTES
                || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException("Invalid limits of a journal: maxBytes " + maxBytes + ", maxAge "
                    + maxAge + ", segmentBytes " + segmentBytes + ", appendTimeout " + appendTimeout + ".");
        }
    }

    /// Returns the limits in the configuration.
    public static JournalLimits of(BufferConfig.JournalConfig config) {
        return new JournalLimits(config.maxBytes(), config.maxAge(), config.segmentBytes(), config.patience(),
                config.retireAfter().dividedBy(KEPT_PART));
    }

    /// Limits that keep no released segment.
    public JournalLimits(long maxBytes, Duration maxAge, long segmentBytes, Duration appendTimeout) {
        this(maxBytes, maxAge, segmentBytes, appendTimeout, Duration.ZERO);
    }
}
