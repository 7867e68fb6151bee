package dev.memfuse.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

import org.jspecify.annotations.Nullable;

/// Reads lines of bounded length, ended by a line feed with or without a carriage return. After an exception the next
/// call returns the line behind the one that caused it. Not thread-safe.
public final class TextLines implements Closeable {
    private static final int BUFFER = 1 << 13;

    private final Reader in;
    private final int maxLength;
    private final char[] buffer = new char[BUFFER];
    private int position;
    private int limit;
    private long number;
    private boolean inLine;

    /// Thrown at a line above the maximum length.
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException(int maxLength) {
            super("the line is longer than " + maxLength + " characters");
        }
    }

    /// @param in the reader closes it
    /// @param maxLength maximum length of a line in characters
    public TextLines(Reader in, int maxLength) {
        this.in = in;
        this.maxLength = maxLength;
    }

    /// Returns the next line without its end, or null at the end of the text. Blocks.
    ///
    /// @throws IOException when the line is too long or cannot be read
    public @Nullable String next() throws IOException {
        while (inLine) {
            skip();
        }
        number++;
        StringBuilder line = new StringBuilder();
        inLine = true;
        while (fill()) {
            int from = position;
            boolean ended = skipToEnd();
            line.append(buffer, from, position - from - (ended ? 1 : 0));
            if (line.length() > maxLength) {
                inLine = !ended;
                throw new TooLongException(maxLength);
            }
            if (ended) {
                inLine = false;
                return withoutReturn(line);
            }
        }
        inLine = false;
        return line.isEmpty() ? null : withoutReturn(line);
    }

    /// Skips the rest of a line that caused an exception; it causes no other one.
    private void skip() throws IOException {
        try {
            inLine = fill() && !skipToEnd();
        } catch (MalformedUtf8Exception _) {
            // The line was reported.
        }
    }

    private static String withoutReturn(StringBuilder line) {
        int length = line.length();
        return line.substring(0, length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = 0;
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return limit > 0;
    }

    /// Skips buffered characters up to and with the next line feed; returns whether there was one.
    private boolean skipToEnd() {
        while (position < limit) {
            if (buffer[position++] == '\n') {
                return true;
            }
        }
        return false;
    }

    /// Returns the number of the line that was read last, from 1.
    public long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
