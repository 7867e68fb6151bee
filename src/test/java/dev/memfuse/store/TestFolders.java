package dev.memfuse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.memfuse.file.FolderRemoval;

/// Temporary folders that outlive a single JUnit method.
public final class TestFolders {
    private TestFolders() {}

    /// Creates an empty folder.
    public static Path create() {
        try {
            return Files.createTempDirectory("memfuse-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes a folder and its contents.
    public static void remove(Path folder) {
        try {
            FolderRemoval.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
