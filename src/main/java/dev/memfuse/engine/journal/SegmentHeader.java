package dev.memfuse.engine.journal;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The first bytes of a segment.
///
/// @param sequence sequence number of the segment in the log
/// @param epoch random number of the process that wrote it, which every record repeats: it distinguishes records from
///     recycled bytes and from messages that imitate a record
/// @param createdMillis creation time by the wall clock, in epoch milliseconds; for people only
record SegmentHeader(long sequence, long epoch, long createdMillis) {
    private static final long MAGIC = 0x4d46_4a53_4547_4d31L;

    /// Returns the bytes of the header.
    ByteBuffer write() {
        return ChecksummedBlock.write(MAGIC, sequence, epoch, createdMillis);
    }

    /// Reads the header of a segment; empty when it is invalid.
    static Optional<SegmentHeader> read(ByteBuffer segment, String name) {
        return ChecksummedBlock.read(segment, MAGIC, name).map(n -> new SegmentHeader(n[0], n[1], n[2]));
    }
}
