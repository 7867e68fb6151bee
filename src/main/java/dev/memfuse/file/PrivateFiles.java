package dev.memfuse.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// Writes files with data of users: from the first byte on only their owner can read them, whatever the umask is. Where
/// the file system has no POSIX permissions, the permissions of the folder apply.
public final class PrivateFiles {
    private static final String OWNER_ONLY = "rw-------";
    private static final String EVERYBODY_READS = "rw-r--r--";

    private PrivateFiles() {}

    /// Opens a file for writing. An existing one is closed to others and emptied first; what is no regular file, such
    /// as a pipe, is opened as it is.
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

    /// Writes the content of a file.
    @FunctionalInterface
    public interface Content {
        /// Writes everything; the caller closes the stream.
        void write(OutputStream out) throws IOException;
    }

    /// Writes a file completely or not at all: a reader sees the old file until the new one is complete. What is no
    /// regular file, such as a pipe, is written as it is.
    ///
    /// @return the file
    /// @throws IOException when it cannot be written; it names the file, also for a full disk
    public static Path replace(Path file, Content content) throws IOException {
        return replace(file, content, OWNER_ONLY);
    }

    /// Writes a file without data of users as [#replace(Path, Content)] does; every account can read it.
    ///
    /// @return the file
    public static Path replaceReadable(Path file, Content content) throws IOException {
        return replace(file, content, EVERYBODY_READS);
    }

    private static Path replace(Path file, Content content, String permissions) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || (Files.exists(target) && !Files.isRegularFile(target))) {
            try (OutputStream out = newOutputStream(file)) {
                content.write(out);
            }
            return file;
        }
        Path next = draft(folder);
        try {
            try (OutputStream out = newOutputStream(next)) {
                content.write(out);
            }
            FilePermissions.set(next, permissions);
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw named(e, next, file);
        } finally {
            Files.deleteIfExists(next);
        }
        return file;
    }

    private static Path draft(Path folder) throws IOException {
        try {
            return Files.createTempFile(folder, ".memfuse-", ".part");
        } catch (NoSuchFileException e) {
            throw caused(new NoSuchFileException(folder.toString()), e);
        } catch (AccessDeniedException e) {
            throw caused(new AccessDeniedException(folder.toString()), e);
        } catch (IOException e) {
            throw caused(new FileSystemException(folder.toString(), null, FileFailures.reason(e)), e);
        }
    }

    /// Returns a failure that names the file instead of its draft or nothing: a write to a full disk names none.
    private static IOException named(IOException failure, Path draft, Path file) {
        boolean ofDraft = failure instanceof FileSystemException known
                ? draft.toString().equals(known.getFile())
                : !(failure instanceof AsynchronousCloseException);
        return ofDraft
                ? caused(new FileSystemException(file.toString(), null, FileFailures.reason(failure)), failure)
                : failure;
    }

    private static IOException caused(IOException failure, IOException cause) {
        failure.initCause(cause);
        return failure;
    }

    /// Writes a text as UTF-8, completely or not at all.
    ///
    /// @return the file
    public static Path replace(Path file, String text) throws IOException {
        return replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Writes lines as UTF-8, each with the line separator of this system.
    public static void write(Path file, List<String> lines) throws IOException {
        writeString(file, lines.isEmpty() ? "" : String.join(System.lineSeparator(), lines) + System.lineSeparator());
    }
}
