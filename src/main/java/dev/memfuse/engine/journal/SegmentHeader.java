package dev.memfuse.engine.journal;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The first bytes of a segment.
///
/// @param sequence place of the segment in the log
/// @param epoch unforeseeable number of the process that wrote it, so that neither recycled bytes nor a message that
///     imitates a record is taken for one
/// @param createdMillis wall clock; for estimates only
record SegmentHeader(long sequence, long epoch, long createdMillis) {
    private static final long MAGIC = 0x4d46_4a53_4547_4d31L;

    ByteBuffer write() {
        return ChecksummedBlock.write(MAGIC, sequence, epoch, createdMillis);
    }

    static Optional<SegmentHeader> read(ByteBuffer segment, String name) {
        return ChecksummedBlock.read(segment, MAGIC, name).map(n -> new SegmentHeader(n[0], n[1], n[2]));
    }
}
