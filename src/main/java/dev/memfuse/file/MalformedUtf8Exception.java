package dev.memfuse.file;

import java.nio.charset.CharacterCodingException;

/// Thrown when a file holds a byte that is not UTF-8.
public final class MalformedUtf8Exception extends CharacterCodingException {
    private final int line;
    private final int column;

    MalformedUtf8Exception(int line, int column) {
        this.line = line;
        this.column = column;
    }

    /// Returns an exception with the place behind the text that was decoded.
    static MalformedUtf8Exception after(CharSequence decoded) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < decoded.length(); i++) {
            if (decoded.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new MalformedUtf8Exception(line, column);
    }

    /// Returns the line, from 1.
    public int line() {
        return line;
    }

    /// Returns the column in characters, from 1.
    public int column() {
        return column;
    }

    @Override
    public String getMessage() {
        return "a byte that is not UTF-8 in line " + line + ", column " + column;
    }
}
