package dev.memfuse.engine.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// A record in a segment: magic, CRC32C of all that follows it, length of the payload, type, log epoch, log sequence
/// number, payload. Numbers are big-endian.
final class RecordFormat {
    static final int HEADER = 32;
    static final int MAX_PAYLOAD = 256 << 20;
    static final int MAGIC = 0x4d46_4a52;
    private static final int CRC = 4;
    private static final int COVERED = 8;
    private static final int TYPE = 12;
    private static final int EPOCH = 16;
    private static final int LSN = 24;

    /// A sound record.
    ///
    /// @param offset of its first byte in the segment
    /// @param length of the whole record
    /// @param payload a view
    record Sound(int offset, int length, int type, long epoch, long lsn, ByteBuffer payload) {
        int end() {
            return offset + length;
        }
    }

    private RecordFormat() {}

    /// Fills the header for a payload.
    static void fill(ByteBuffer header, int type, long epoch, long lsn, byte[] payload) {
        header.clear().putInt(MAGIC).putInt(0).putInt(payload.length).putInt(type).putLong(epoch).putLong(lsn).flip();
        CRC32C crc = new CRC32C();
        crc.update(header.slice(COVERED, HEADER - COVERED));
        crc.update(payload);
        header.putInt(CRC, (int) crc.getValue());
    }

    /// Whether a sound record, of whatever epoch, begins at the offset.
    static boolean isSound(ByteBuffer segment, int offset) {
        if (segment.limit() - offset < HEADER || segment.getInt(offset) != MAGIC) {
            return false;
        }
        int length = segment.getInt(offset + COVERED);
        if (length < 0 || length > segment.limit() - offset - HEADER) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(segment.slice(offset + COVERED, HEADER - COVERED + length));
        return (int) crc.getValue() == segment.getInt(offset + CRC);
    }

    /// The epoch of what may be a record; its header must lie within the segment.
    static long epoch(ByteBuffer segment, int offset) {
        return segment.getLong(offset + EPOCH);
    }

    /// The sound record at the offset.
    static Sound read(ByteBuffer segment, int offset) {
        int length = segment.getInt(offset + COVERED);
        return new Sound(offset, HEADER + length, segment.getInt(offset + TYPE), segment.getLong(offset + EPOCH),
                segment.getLong(offset + LSN), segment.slice(offset + HEADER, length));
    }
}
