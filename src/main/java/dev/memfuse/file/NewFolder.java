package dev.memfuse.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Fills a new folder completely or not at all, and never touches an existing one.
public final class NewFolder {
    private static final int MOST = 10_000;

    private NewFolder() {}

    /// Fills a folder.
    @FunctionalInterface
    public interface Content {
        /// Writes the files of a folder, which exists and is empty.
        void fill(Path folder) throws IOException;
    }

    /// Creates a folder.
    ///
    /// @param parent created when missing
    /// @param name name of the folder; when it is taken, `-2`, `-3` and so on follow it
    /// @return the folder
    /// @throws IOException when a file cannot be written; nothing is left then
    public static Path create(Path parent, String name, Content content) throws IOException {
        Files.createDirectories(parent);
        Path part = Files.createTempDirectory(parent, ".memfuse-");
        boolean done = false;
        try {
            content.fill(part);
            Path folder = move(part, parent, name);
            done = true;
            return folder;
        } finally {
            if (!done) {
                FolderRemoval.remove(part);
            }
        }
    }

    private static Path move(Path part, Path parent, String name) throws IOException {
        for (int number = 1; number < MOST; number++) {
            Path folder = parent.resolve(number == 1 ? name : name + "-" + number);
            if (!Files.exists(folder)) {
                try {
                    return Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
                } catch (FileSystemException e) {
                    if (!Files.exists(folder)) {
                        throw e;
                    }
                    // Another program took the name meanwhile.
                }
            }
        }
        throw new FileSystemException(parent.resolve(name).toString(), null, "all names of this kind are taken");
    }
}
