package dev.memfuse.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An exclusive lock on a folder, kept in a lock file inside it. One owner at a time, among all processes and within
/// this one. The operating system releases the lock when the process ends, however it ends, so a lock file that is left
/// behind blocks nobody. Thread-safe.
public final class FolderLock implements AutoCloseable {
    /// Paths and file keys of the lock files that this process holds. Closing any channel of a file drops the process's
    /// lock on it (POSIX), so a second attempt in this process must not even open the file, whatever path, link or
    /// mount leads to it. Guarded by itself.
    private static final Set<Object> HELD_HERE = new HashSet<>();
    /// Far behind the process id, which other processes may read while the lock is held, even on Windows.
    private static final long LOCKED_BYTE = 1L << 40;

    private final List<Object> keys;
    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(List<Object> keys, FileChannel channel, FileLock lock) {
        this.keys = keys;
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes the lock without waiting. Returns empty when it is held, by another process or by this one.
    ///
    /// @param file the lock file, created when missing; its folder exists
    /// @throws IOException when the file cannot be opened or locked
    public static Optional<FolderLock> tryLock(Path file) throws IOException {
        createIfMissing(file);
        List<Object> keys = keys(file);
        synchronized (HELD_HERE) {
            if (isHeldHere(keys)) {
                return Optional.empty();
            }
            HELD_HERE.addAll(keys);
        }
        Optional<FolderLock> taken = Optional.empty();
        try {
            taken = open(file, keys);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                removeAll(keys);
            }
        }
    }

    /// Creates the lock file without opening an existing one.
    private static void createIfMissing(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException _) {
            // Its inode identifies it.
        }
    }

    /// Returns the identities of an existing lock file: its real path, and its device and inode where there are some.
    private static List<Object> keys(Path file) throws IOException {
        Object inode = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        Path path = file.toRealPath();
        return inode == null ? List.of(path) : List.of(path, inode);
    }

    private static boolean isHeldHere(List<Object> keys) {
        synchronized (HELD_HERE) {
            return keys.stream().anyMatch(HELD_HERE::contains);
        }
    }

    private static void removeAll(List<Object> keys) {
        synchronized (HELD_HERE) {
            keys.forEach(HELD_HERE::remove);
        }
    }

    private static Optional<FolderLock> open(Path file, List<Object> keys) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                return Optional.empty();
            }
            writePid(channel);
            taken = true;
            return Optional.of(new FolderLock(keys, channel, lock));
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
        long pid = holderPid(file);
        return pid == 0 ? "another process" : "process " + pid;
    }

    /// Returns the process id of the owner of a lock; 0 when it cannot be read.
    public static long holderPid(Path file) {
        try {
            String pid = isHeldHere(keys(file))
                    ? ownPid()
                    : Files.readString(file, StandardCharsets.US_ASCII).strip();
            return pid.matches("[0-9]{1,18}") ? Long.parseLong(pid) : 0;
        } catch (IOException _) {
            return 0;
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
            removeAll(keys);
        }
    }
}
