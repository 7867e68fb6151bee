package dev.memfuse.postgres.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Folders and files every account may read, whatever the umask says: the server may run under another account than
/// the one that made them. Nothing private lies in them.
public final class SharedFolder {
    private SharedFolder() {}

    /// Makes a folder and those above it that are missing; leaves those that exist as they are.
    public static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (folder.getParent() != null) {
                create(folder.getParent());
            }
            Files.createDirectories(folder);
            allow(folder, "rwxr-xr-x");
        }
    }

    /// @param rights as `ls` prints them; without effect where the system knows none
    public static void allow(Path path, String rights) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
        }
    }
}
