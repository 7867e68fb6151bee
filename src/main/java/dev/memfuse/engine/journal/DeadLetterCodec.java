package dev.memfuse.engine.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.journal.JournalEntryCodec.MalformedException;

/// Format of a dead letter: magic number, version, CRC32C of the rest, time in epoch milliseconds, length and bytes of
/// the reason, the entry of the journal. Version 1 has no checksum.
final class DeadLetterCodec {
    private static final int MAGIC = 0x4d46_444c;
    private static final byte WITHOUT_CHECKSUM = 1;
    private static final byte VERSION = 2;
    private static final int HEADER_BYTES = 2 * Integer.BYTES + 1;

    private DeadLetterCodec() {}

    static ByteBuffer encode(JournalEntry.Round round, Instant refusedAt, String reason) {
        byte[] why = reason.getBytes(StandardCharsets.UTF_8);
        byte[] entry = JournalEntryCodec.encode(round);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + Long.BYTES + Integer.BYTES + why.length + entry.length);
        bytes.position(HEADER_BYTES);
        bytes.putLong(refusedAt.toEpochMilli()).putInt(why.length).put(why).put(entry).flip();
        return bytes.putInt(0, MAGIC).put(Integer.BYTES, VERSION).putInt(Integer.BYTES + 1,
                checksum(bytes.slice(HEADER_BYTES, bytes.limit() - HEADER_BYTES)));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        return (int) checksum.getValue();
    }

    /// @throws MalformedException when the bytes are no complete letter
    static DeadLetterFolder.Stored decode(ByteBuffer bytes) throws MalformedException {
        if (!bytes.hasRemaining()) {
            throw new MalformedException("The file is empty.");
        }
        int size = bytes.remaining();
        try {
            return decode(bytes, size);
        } catch (BufferUnderflowException e) {
            throw new MalformedException("The file is too short.");
        }
    }

    private static DeadLetterFolder.Stored decode(ByteBuffer bytes, int size) throws MalformedException {
        int magic = bytes.getInt();
        byte version = bytes.get();
        if (magic != MAGIC || version < WITHOUT_CHECKSUM || version > VERSION) {
            throw new MalformedException("The file is no dead letter of this version.");
        }
        if (version != WITHOUT_CHECKSUM && bytes.getInt() != checksum(bytes)) {
            throw new MalformedException("The file was changed or is incomplete: its checksum is wrong.");
        }
        Instant refusedAt = Instant.ofEpochMilli(bytes.getLong());
        byte[] reason = new byte[Math.clamp(bytes.getInt(), 0, bytes.remaining())];
        bytes.get(reason);
        if (!(JournalEntryCodec.decode(JournalEntryCodec.ROUND, bytes) instanceof JournalEntry.Round round)) {
            throw new MalformedException("The file holds no round.");
        }
        return new DeadLetterFolder.Stored(new DeadLetter(round.roundId(), round.session(), refusedAt,
                new String(reason, StandardCharsets.UTF_8), round.createdAt(), round.messages(), size), round);
    }
}
