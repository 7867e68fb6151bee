package dev.memfuse.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads whole files that a user names. The size that the system states is no bound: it is 0 for a device and for the
/// files of `/proc`, which can be endless.
public final class SmallFiles {
    private SmallFiles() {}

    /// Thrown at a file above the maximum size.
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        TooLargeException(int maxBytes) {
            super("it is larger than " + maxBytes + " bytes");
        }
    }

    /// Returns the content of a file. Blocks.
    ///
    /// @param maxBytes maximum size in bytes
    /// @throws TooLargeException when the file is larger
    /// @throws IOException also at a device and at a pipe, which would block or never end
    public static byte[] read(Path file, int maxBytes) throws IOException {
        requireFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(maxBytes + 1);
            if (content.length > maxBytes) {
                throw new TooLargeException(maxBytes);
            }
            return content;
        }
    }

    /// @throws IOException at a device and at a pipe
    public static void requireFile(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null,
                    "it is a device or a pipe; copy its content to a file");
        }
    }
}
