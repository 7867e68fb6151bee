package dev.memfuse.engine.journal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// 64 bytes that stand for themselves: a magic number, the version of the format, five numbers, and the CRC32C of
/// these. The header of a segment and a slot of the checkpoint are such blocks.
final class ChecksummedBlock {
    static final int BYTES = 64;
    private static final int VERSION = 1;
    private static final int NUMBERS = 16;
    private static final int CRC = BYTES - Integer.BYTES;

    private ChecksummedBlock() {}

    static ByteBuffer write(long magic, long... numbers) {
        ByteBuffer block = ByteBuffer.allocate(BYTES).putLong(magic).putInt(VERSION).putInt(0);
        for (long number : numbers) {
            block.putLong(number);
        }
        return block.putInt(CRC, crc(block)).clear();
    }

    /// The numbers of the block that the buffer begins with; empty when it is none.
    ///
    /// @throws JournalException when it is one of another version
    static Optional<long[]> read(ByteBuffer from, long magic, String name) {
        if (from.limit() < BYTES || from.getLong(0) != magic || from.getInt(CRC) != crc(from)) {
            return Optional.empty();
        }
        int version = from.getInt(Long.BYTES);
        if (version != VERSION) {
            throw new JournalException("The journal's file " + name + " is of version " + version
                    + ", which this program cannot read. Start the program that wrote it, let it drain, then start "
                    + "this one.");
        }
        long[] numbers = new long[(CRC - NUMBERS) / Long.BYTES];
        from.slice(NUMBERS, numbers.length * Long.BYTES).asLongBuffer().get(numbers);
        return Optional.of(numbers);
    }

    private static int crc(ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block.slice(0, CRC));
        return (int) crc.getValue();
    }
}
