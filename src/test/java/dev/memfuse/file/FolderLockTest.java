package dev.memfuse.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheLockFile() {
        file = folder.resolve("lock");
    }

    @Test
    void isFreeAgainAfterItIsClosed() throws IOException {
        FolderLock.tryLock(file).orElseThrow().close();

        try (FolderLock _ = FolderLock.tryLock(file).orElseThrow()) {
            assertTrue(FolderLock.tryLock(file).isEmpty());
        }
    }

    @Test
    void aLinkToTheFolderLeadsToTheSameLock() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);

        try (FolderLock _ = FolderLock.tryLock(file).orElseThrow()) {
            assertTrue(FolderLock.tryLock(link.resolve("lock")).isEmpty());
        }
    }

    @Test
    void linksToTheLockFileAndRelativePathsNeverReleaseTheLock() throws IOException {
        Path relative = Path.of("").toAbsolutePath().relativize(folder).resolve("lock");
        Path linkedFolder = Files.createSymbolicLink(folder.resolve("linked"), folder);
        try (FolderLock _ = FolderLock.tryLock(file).orElseThrow()) {
            Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic"), file);
            Path hard = Files.createLink(folder.resolve("hard"), file);
            for (Path other : List.of(relative, linkedFolder.resolve("..").resolve(folder.getFileName())
                    .resolve("lock"), symbolic, hard)) {
                assertTrue(FolderLock.tryLock(other).isEmpty(), other.toString());
            }

            try (LockChild other = LockChild.start(file)) {
                assertFalse(other.locked());
            }
        }
    }

    @Test
    void aRefusedAttemptInThisProcessLeavesOtherProcessesLockedOut() throws IOException {
        try (FolderLock _ = FolderLock.tryLock(file).orElseThrow()) {
            assertTrue(FolderLock.tryLock(file).isEmpty());

            try (LockChild other = LockChild.start(file)) {
                assertFalse(other.locked());
            }
        }
    }

    @Test
    void aKilledProcessReleasesItsLock() throws IOException, InterruptedException {
        try (LockChild other = LockChild.start(file)) {
            assertTrue(other.locked());
            assertTrue(FolderLock.tryLock(file).isEmpty());

            other.kill();

            FolderLock.tryLock(file).orElseThrow().close();
        }
    }

    @Test
    void namesTheProcessThatHoldsIt() throws IOException {
        try (FolderLock _ = FolderLock.tryLock(file).orElseThrow()) {
            assertEquals("process " + ProcessHandle.current().pid(), FolderLock.holder(file));
        }
        try (LockChild other = LockChild.start(file)) {
            assertEquals("process " + other.process().pid(), FolderLock.holder(file));
        }
    }

    @Test
    void namesNoProcessWhenTheFileSaysNone() throws IOException {
        assertEquals("another process", FolderLock.holder(file));

        Files.createFile(file);

        assertEquals("another process", FolderLock.holder(file));
    }

    @Test
    void aMissingFolderIsAnError() {
        assertThrows(NoSuchFileException.class, () -> FolderLock.tryLock(folder.resolve("missing").resolve("lock")));
    }
}
