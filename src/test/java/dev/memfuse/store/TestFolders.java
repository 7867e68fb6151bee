package dev.memfuse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.file.FilePermissions;
import dev.memfuse.file.FolderRemoval;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// Temporary folders of tests, in memory where the machine has room for them: each database of a test creates and
/// deletes 300 files, on which a disk spends as much time as the test. JUnit takes its `@TempDir` from here too.
public final class TestFolders implements TempDirFactory {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    /// Two JVMs with a server each need less than half of it.
    private static final long ROOM_BYTES = 4L << 30;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// Creates an empty folder that no other account can enter.
    public static Path create() {
        try {
            Optional<Path> memory = inMemory();
            return memory.isPresent() ? numbered(memory.get()) : Files.createTempDirectory("memfuse-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Creates a folder with a short name, since the window shows paths.
    private static Path numbered(Path parent) throws IOException {
        while (true) {
            Path folder = parent.resolve(ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
            try {
                Files.createDirectory(folder);
                FilePermissions.set(folder, "rwx------");
                return folder;
            } catch (FileAlreadyExistsException e) {
                // Of an earlier process that was killed.
            }
        }
    }

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) {
        return create();
    }

    /// Deletes a folder and its contents.
    public static void remove(Path folder) {
        try {
            FolderRemoval.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the folder in memory of the tests of this checkout, which every account can enter; nothing when the
    /// machine has no file system in memory with enough room.
    public static Optional<Path> inMemory() {
        return Memory.FOLDER;
    }

    private static final class Memory {
        static final Optional<Path> FOLDER = find();

        private static Optional<Path> find() {
            try {
                if (!Files.isWritable(SHARED_MEMORY)
                        || Files.getFileStore(SHARED_MEMORY).getUsableSpace() < ROOM_BYTES) {
                    return Optional.empty();
                }
                int place = Objects.hash(Path.of("").toAbsolutePath(), System.getProperty("user.name"));
                Path folder = SHARED_MEMORY.resolve("memfuse-" + HexFormat.of().toHexDigits(place));
                FilePermissions.createReadableFolder(folder);
                return Optional.of(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
