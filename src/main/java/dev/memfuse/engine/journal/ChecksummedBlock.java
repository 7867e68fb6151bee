package dev.memfuse.engine.journal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A self-contained block of 64 bytes: a magic number, the version of the format, five numbers, and their CRC32C. The
/// header of a segment and a slot of the checkpoint are such blocks.
final class ChecksummedBlock {
    static final int BYTES = 64;
    private static final int VERSION = 1;
    private static final int NUMBERS = 16;
    private static final int CRC = BYTES - Integer.BYTES;

    private ChecksummedBlock() {}

    /// Returns a block with these numbers, at most five.
    static ByteBuffer write(long magic, long... numbers) {
        ByteBuffer block = ByteBuffer.allocate(BYTES).putLong(magic).putInt(VERSION).putInt(0);
        for (long number : numbers) {
            block.putLong(number);
        }
        return block.putInt(CRC, crc(block)).clear();
    }

    /// Reads the numbers of the block at the start of a buffer; empty when there is no valid block.
    ///
    /// @param name name of the file, for the message
    /// @throws JournalException when the block is of another version
    static Optional<long[]> read(ByteBuffer from, long magic, String name) {
        if (from.limit() < BYTES || from.getLong(0) != magic || from.getInt(CRC) != crc(from)) {
            return Optional.empty();
        }
        int version = from.getInt(Long.BYTES);
        if (version != VERSION) {
            throw new JournalException("The journal's file " + name + " is of version " + version
                    + ", which this program cannot read. Start the program that wrote it until its journal is empty, "
                    + "then start this one.");
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
