package dev.memfuse.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import dev.memfuse.engine.exception.EngineException;

/// Folders that nobody but this account may enter, whatever the umask says: journals and indexes hold the users' texts.
final class PrivateFolder {
    private PrivateFolder() {}

    /// Makes the folder when it is missing and closes it to others.
    ///
    /// @throws EngineException when it cannot be made
    static Path create(Path folder) {
        try {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            return folder;
        } catch (IOException e) {
            throw new EngineException("The folder " + folder + " cannot be made: " + e.getMessage()
                    + ". Give this account the right to write there, or choose another folder with --data-dir.", "", e);
        }
    }
}
