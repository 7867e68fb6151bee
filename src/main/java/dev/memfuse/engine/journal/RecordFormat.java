package dev.memfuse.engine.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Format of a record in a segment: magic number, CRC32C of the following bytes, length of the payload, type, log
/// epoch, log sequence number, payload. Numbers are big-endian.
final class RecordFormat {
    static final int HEADER = 32;
    static final int MAX_PAYLOAD = 256 << 20;
    static final int MAGIC = 0x4d46_4a52;
    private static final int CRC = 4;
    private static final int COVERED = 8;
    private static final int TYPE = 12;
    private static final int EPOCH = 16;
    private static final int LSN = 24;

    /// A record whose checksum is right.
    ///
    /// @param offset offset of its first byte in the segment
    /// @param length length of the whole record in bytes
    /// @param payload a view of the segment
    record ValidRecord(int offset, int length, int type, long epoch, long lsn, ByteBuffer payload) {
        /// Returns the offset after its last byte.
        int end() {
            return offset + length;
        }
    }

    private RecordFormat() {}

    /// Fills a header for a payload.
    static void fill(ByteBuffer header, int type, long epoch, long lsn, byte[] payload) {
        header.clear().putInt(MAGIC).putInt(0).putInt(payload.length).putInt(type).putLong(epoch).putLong(lsn).flip();
        CRC32C crc = new CRC32C();
        crc.update(header.slice(COVERED, HEADER - COVERED));
        crc.update(payload);
        header.putInt(CRC, (int) crc.getValue());
    }

    /// Returns whether a valid record of any epoch begins at an offset.
    static boolean isValid(ByteBuffer segment, int offset) {
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

    /// Returns the epoch field of a possible record, whose header lies within the segment.
    static long epoch(ByteBuffer segment, int offset) {
        return segment.getLong(offset + EPOCH);
    }

    /// Returns the offset after the valid record at an offset.
    static int end(ByteBuffer segment, int offset) {
        return offset + HEADER + segment.getInt(offset + COVERED);
    }

    /// Returns the log sequence number of the valid record at an offset.
    static long lsn(ByteBuffer segment, int offset) {
        return segment.getLong(offset + LSN);
    }

    /// Returns the valid record at an offset.
    static ValidRecord read(ByteBuffer segment, int offset) {
        int length = segment.getInt(offset + COVERED);
        return new ValidRecord(offset, HEADER + length, segment.getInt(offset + TYPE), segment.getLong(offset + EPOCH),
                segment.getLong(offset + LSN), segment.slice(offset + HEADER, length));
    }
}
