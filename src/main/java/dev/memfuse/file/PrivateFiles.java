package dev.memfuse.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// Writes files with data of users: from the first byte on only their owner can read them, whatever the umask is. Where
/// the file system has no POSIX permissions, the permissions of the folder apply.
public final class PrivateFiles {
    private static final String OWNER_ONLY = "rw-------";

    private PrivateFiles() {}

    /// Opens a file for writing. An existing one is closed to others and emptied first; what is no regular file, such as
    /// a pipe, is opened as it is.
    public static OutputStream newOutputStream(Path file) throws IOException {
        try {
            return Channels.newOutputStream(Files.newByteChannel(file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(file)));
        } catch (FileAlreadyExistsException _) {
            if (Files.isRegularFile(file)) {
                FilePermissions.set(file, OWNER_ONLY);
            }
            return Files.newOutputStream(file);
        }
    }

    private static FileAttribute<?>[] attributes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))}
                : new FileAttribute<?>[0];
    }

    /// Writes a text as UTF-8.
    ///
    /// @return the file
    public static Path writeString(Path file, String text) throws IOException {
        try (OutputStream out = newOutputStream(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /// Writes lines as UTF-8, each with the line separator of this system.
    public static void write(Path file, List<String> lines) throws IOException {
        writeString(file, lines.isEmpty() ? "" : String.join(System.lineSeparator(), lines) + System.lineSeparator());
    }
}
