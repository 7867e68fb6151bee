package dev.memfuse.file;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRemovalTest {
    @TempDir
    private Path folder;

    @Test
    void deletesAFolderWithItsContents() throws IOException {
        Path doomed = folder.resolve("doomed");
        Files.createDirectories(doomed.resolve("a").resolve("b"));
        Files.createFile(doomed.resolve("a").resolve("file"));

        FolderRemoval.remove(doomed);

        assertFalse(Files.exists(doomed));
    }

    @Test
    void deletesLinksAndKeepsTheirTargets() throws IOException {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Path file = Files.createFile(kept.resolve("file"));
        Path doomed = Files.createDirectory(folder.resolve("doomed"));
        Files.createSymbolicLink(doomed.resolve("link"), kept);

        FolderRemoval.remove(doomed);

        assertFalse(Files.exists(doomed));
        assertTrue(Files.exists(file));
    }

    @Test
    void aMissingFolderIsNoError() throws IOException {
        FolderRemoval.remove(folder.resolve("missing"));

        assertTrue(Files.exists(folder));
    }
}
