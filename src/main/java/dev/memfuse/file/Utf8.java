package dev.memfuse.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Decodes texts strictly: the usual decoders replace a byte that is not UTF-8 in silence.
public final class Utf8 {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8() {}

    /// Returns the text of a file, without its byte order mark.
    ///
    /// @throws MalformedUtf8Exception with the place of the first byte that is not UTF-8
    public static String decode(byte[] bytes) throws MalformedUtf8Exception {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            throw MalformedUtf8Exception.after(text);
        }
        int start = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        return text.subSequence(start, text.length()).toString();
    }
}
