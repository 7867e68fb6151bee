package dev.memfuse.load.recording;

import java.io.IOException;
import java.io.InputStream;

import dev.memfuse.file.MalformedUtf8Exception;
import dev.memfuse.file.Utf8;

/// Reads small files of recordings, which may come from others.
final class BoundedBytes {
    private static final int MAX_BYTES = 1 << 24;

    private BoundedBytes() {}

    /// Returns the text of a stream.
    ///
    /// @param file name of the file, for messages
    /// @throws RecordingException when it is larger than 16 MiB or not UTF-8
    static String text(InputStream in, String file) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new RecordingException("The file " + file + " is larger than 16 MiB.");
        }
        try {
            return Utf8.decode(bytes);
        } catch (MalformedUtf8Exception e) {
            throw new RecordingException("The file " + file + " is not UTF-8 text.", e);
        }
    }
}
