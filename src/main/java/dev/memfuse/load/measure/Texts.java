package dev.memfuse.load.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Texts of any length as bytes: UTF-8 behind its length.
public final class Texts {
    private static final int MAX_BYTES = 64 << 20;

    private Texts() {}

    /// Writes a text.
    public static void write(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /// Reads a text.
    ///
    /// @throws IOException when the bytes are no text
    public static String read(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("the length of a text is damaged");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
