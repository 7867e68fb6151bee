package dev.memfuse.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Permissions of files and folders, independent of the process's umask. Where the file system has no POSIX
/// permissions, the methods that set them have no effect.
public final class FilePermissions {
    /// Read, write and enter, for the owner alone.
    public static final String PRIVATE_FOLDER = "rwx------";
    /// Read and write, for the owner alone.
    public static final String PRIVATE_FILE = "rw-------";
    /// Written by the owner, read and entered by every account.
    public static final String READABLE_FOLDER = "rwxr-xr-x";

    private FilePermissions() {}

    /// Creates a folder when it is missing and closes it, new or not, to other accounts.
    ///
    /// @return the folder
    public static Path createPrivateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        set(folder, PRIVATE_FOLDER);
        return folder;
    }

    /// Creates a file that other accounts can never read, not even before its first byte.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when it exists
    public static void createPrivateFile(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE_FILE)));
        } else {
            Files.createFile(file);
        }
    }

    /// Creates a folder and its missing parents, all readable by every account. Existing folders remain as they are.
    public static void createReadableFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (folder.getParent() != null) {
                createReadableFolder(folder.getParent());
            }
            Files.createDirectories(folder);
            set(folder, READABLE_FOLDER);
        }
    }

    /// Sets the permissions of a file or folder.
    ///
    /// @param permissions nine characters as `ls -l` prints them, such as `rw-r--r--`
    public static void set(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
