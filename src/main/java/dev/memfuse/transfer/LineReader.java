package dev.memfuse.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/// Reads the lines of a stream: strict UTF-8, each of bounded length and ended by a line feed, with or without a
/// carriage return. Skips a byte order mark. Computes the checksum of the lines. Not thread-safe.
final class LineReader implements Closeable {
    /// Maximum length of a line in bytes: the largest message with every character escaped, and its ids.
    static final int MAX_LINE_BYTES = 128 << 20;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int maxLineBytes;
    private final MessageDigest digest = Checksum.newDigest();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(BUFFER_BYTES);
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private byte[] line = new byte[BUFFER_BYTES];
    private int length;
    private long number;

    /// @param in the reader closes it
    /// @param maxLineBytes maximum length of a line in bytes
    LineReader(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /// Returns the next line without its end, or null at the end of the stream. Blocks.
    ///
    /// @throws BadLineException when the line is too long or not UTF-8
    @Nullable
    String next() throws IOException {
        if (number > 0) {
            digest.update(line, 0, length);
            digest.update((byte) '\n');
        }
        number++;
        length = 0;
        boolean ended = fillLine();
        if (!ended && length == 0) {
            return null;
        }
        if (number == 1 && startsWithByteOrderMark()) {
            length -= BYTE_ORDER_MARK.length;
            System.arraycopy(line, BYTE_ORDER_MARK.length, line, 0, length);
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        checkEncoding();
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    private boolean startsWithByteOrderMark() {
        return length >= BYTE_ORDER_MARK.length
                && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /// Reads up to the next line feed. Returns false when the stream ends before it.
    private boolean fillLine() throws IOException {
        while (position < limit || refill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(end - position);
            boolean ended = end < limit;
            position = ended ? end + 1 : end;
            if (ended) {
                return true;
            }
        }
        return false;
    }

    private boolean refill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private void append(int count) {
        if (length + count > maxLineBytes) {
            throw new BadLineException("The line is longer than " + maxLineBytes + " bytes.");
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, (int) Math.min(maxLineBytes, 2L * line.length)));
        }
        System.arraycopy(buffer, position, line, length, count);
        length += count;
    }

    private void checkEncoding() {
        ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
        decoder.reset();
        boolean more = true;
        while (more) {
            decoded.clear();
            CoderResult result = decoder.decode(bytes, decoded, true);
            if (result.isError()) {
                throw new BadLineException("Byte " + (bytes.position() + 1) + " of the line is not UTF-8.");
            }
            more = result.isOverflow();
        }
    }

    /// Returns the number of the line that was read last, from 1.
    long number() {
        return number;
    }

    /// Returns the SHA-256 of the lines before the one that was read last, each with a line feed, in hexadecimal
    /// digits. Ends the computation.
    String checksum() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
