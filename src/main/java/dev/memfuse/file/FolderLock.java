package dev.memfuse.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// An exclusive lock on a folder, kept in a lock file inside it. One owner at a time, among all processes and within
/// this one. The operating system releases the lock when the process ends, however it ends, so a lock file that is left
/// behind blocks nobody. Thread-safe.
public final class FolderLock implements AutoCloseable {
    /// Closing any channel of a file drops the process's lock on it, so a second attempt in this process must not
    /// even open the file.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    /// Far behind the process id, which other processes may read while the lock is held, even on Windows.
    private static final long LOCKED_BYTE = 1L << 40;

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes the lock without waiting. Returns empty when it is held, by another process or by this one.
    ///
    /// @param file the lock file, created when missing; its folder exists
    /// @throws IOException when the file cannot be opened or locked
    public static Optional<FolderLock> tryLock(Path file) throws IOException {
        Path key = canonical(file);
        if (!HELD_HERE.add(key)) {
            return Optional.empty();
        }
        Optional<FolderLock> taken = Optional.empty();
        try {
            taken = open(key);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD_HERE.remove(key);
            }
        }
    }

    /// Returns one path for all the links and relative paths that lead to a lock file.
    private static Path canonical(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        return Objects.requireNonNull(absolute.getParent()).toRealPath().resolve(absolute.getFileName());
    }

    private static Optional<FolderLock> open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                return Optional.empty();
            }
            writePid(channel);
            taken = true;
            return Optional.of(new FolderLock(file, channel, lock));
        } catch (OverlappingFileLockException _) {
            return Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static void writePid(FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(ownPid().getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException _) {
            // The lock holds without it; a full disk must not prevent a start that frees space.
        }
    }

    private static String ownPid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    /// Returns the owner of a lock for a message: `process 4711`, or `another process` when its id cannot be read.
    public static String holder(Path file) {
        try {
            String pid = HELD_HERE.contains(canonical(file))
                    ? ownPid()
                    : Files.readString(file, StandardCharsets.US_ASCII).strip();
            return pid.isEmpty() ? "another process" : "process " + pid;
        } catch (IOException _) {
            return "another process";
        }
    }

    /// Releases the lock. The file remains.
    @Override
    public void close() throws IOException {
        try (channel) {
            if (lock.isValid()) {
                lock.release();
            }
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
