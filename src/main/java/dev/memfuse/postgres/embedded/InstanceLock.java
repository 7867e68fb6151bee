package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to use a data folder, held by one process at a time. The system gives it back when the process dies,
/// however it dies, so that a lock never has to be cleaned up by hand.
final class InstanceLock implements AutoCloseable {
    /// Closing any channel of a file drops the process's lock on it, so a second attempt in this process must not
    /// even open the file.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    /// Far behind the process number, which others may read while the lock is held, even on Windows.
    private static final long LOCKED_BYTE = 1L << 40;

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private InstanceLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes the lock without waiting; empty when another program, or another server of this one, holds it.
    static Optional<InstanceLock> tryTake(Path file) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        if (!HELD_HERE.add(key)) {
            return Optional.empty();
        }
        Optional<InstanceLock> taken = Optional.empty();
        try {
            taken = open(key);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD_HERE.remove(key);
            }
        }
    }

    private static Optional<InstanceLock> open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                return Optional.empty();
            }
            channel.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            taken = true;
            return Optional.of(new InstanceLock(file, channel, lock));
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /// Says who holds the lock, for a message; "another process" when that cannot be read.
    static String holder(Path file) {
        try {
            String pid = HELD_HERE.contains(file.toAbsolutePath().normalize())
                    ? Long.toString(ProcessHandle.current().pid())
                    : Files.readString(file, StandardCharsets.US_ASCII).strip();
            return pid.isEmpty() ? "another process" : "process " + pid;
        } catch (IOException e) {
            return "another process";
        }
    }

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
