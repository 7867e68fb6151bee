package dev.memfuse.transfer;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Writes lines in strict UTF-8 and computes their checksum. Ends lines with a line feed on every platform, so that the
/// same records always give the same bytes. Not thread-safe.
final class LineWriter implements Closeable {
    private static final int BUFFER_CHARACTERS = 1 << 16;

    private final MessageDigest digest = Checksum.newDigest();
    private final BufferedWriter out;

    /// @param bytes the writer closes it
    LineWriter(OutputStream bytes) {
        out = new BufferedWriter(
                new OutputStreamWriter(new DigestOutputStream(bytes, digest),
                        StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT)),
                BUFFER_CHARACTERS);
    }

    /// Writes a line.
    void line(String text) throws IOException {
        out.write(text);
        out.write('\n');
    }

    /// Returns the SHA-256 of the lines written so far, in hexadecimal digits. Ends the computation: later lines are
    /// not part of it.
    String checksum() throws IOException {
        out.flush();
        return HexFormat.of().formatHex(digest.digest());
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
