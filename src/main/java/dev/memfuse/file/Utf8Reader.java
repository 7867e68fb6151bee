package dev.memfuse.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Decodes a stream strictly and skips a byte order mark. Throws at the place of a byte that is not UTF-8, after it has
/// returned all text before it; the next call continues behind that byte. Memory does not grow with the stream. Not
/// thread-safe.
public final class Utf8Reader extends Reader {
    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
    private final CharBuffer text = CharBuffer.allocate(BUFFER).limit(0);
    private boolean started;
    private boolean exhausted;
    private int malformed;
    private int line = 1;
    private int column = 1;

    /// @param in the reader closes it
    public Utf8Reader(InputStream in) {
        this.in = in;
    }

    /// Reads characters; blocks until at least one is there.
    ///
    /// @throws MalformedUtf8Exception at a byte that is not UTF-8
    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!text.hasRemaining()) {
            if (malformed > 0) {
                bytes.position(bytes.position() + malformed);
                malformed = 0;
                throw new MalformedUtf8Exception(line, column);
            }
            if (exhausted && !bytes.hasRemaining()) {
                return -1;
            }
            fill();
        }
        int count = Math.min(length, text.remaining());
        text.get(target, offset, count);
        return count;
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        exhausted = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        text.clear();
        CoderResult result = decoder.reset().decode(bytes, text, exhausted);
        malformed = result.isError() ? result.length() : 0;
        text.flip();
        if (!started && text.hasRemaining()) {
            started = true;
            text.position(text.get(0) == BYTE_ORDER_MARK ? 1 : 0);
        }
        locate();
    }

    private void locate() {
        for (int i = text.position(); i < text.limit(); i++) {
            if (text.get(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
