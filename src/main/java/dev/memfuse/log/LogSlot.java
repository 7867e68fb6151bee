package dev.memfuse.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to write one log file of a folder, held by one process at a time: `memfuse.log` for the first, then
/// `memfuse-2.log` and so on. The names are used again, so that the number of files stays bounded however often the
/// program starts. The operating system releases the lock when the process ends, even by a kill.
final class LogSlot implements AutoCloseable {
    static final int SLOTS = 32;
    /// Closing any channel of a file drops the process's lock on it, so a second attempt in this process must not even
    /// open the file.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path lockFile;
    private final String name;
    private final FileChannel channel;

    private LogSlot(Path lockFile, String name, FileChannel channel) {
        this.lockFile = lockFile;
        this.name = name;
        this.channel = channel;
    }

    /// Takes the first free slot.
    ///
    /// @throws IOException when the folder cannot be written, or every slot is taken
    static LogSlot take(Path folder) throws IOException {
        for (int number = 1; number <= SLOTS; number++) {
            String name = number == 1 ? "memfuse" : String.format(Locale.ROOT, "memfuse-%d", number);
            Optional<LogSlot> slot = tryTake(folder.resolve(name + ".lock").toAbsolutePath().normalize(), name);
            if (slot.isPresent()) {
                return slot.get();
            }
        }
        throw new IOException(SLOTS + " processes write their logs to " + folder + " already");
    }

    private static Optional<LogSlot> tryTake(Path file, String name) throws IOException {
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        boolean taken = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            taken = lock != null;
            return taken ? Optional.of(new LogSlot(file, name, channel)) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } finally {
            if (!taken) {
                if (channel != null) {
                    channel.close();
                }
                HELD_HERE.remove(file);
            }
        }
    }

    /// Returns the name of the log file without its extension.
    String name() {
        return name;
    }

    /// Returns the folder of the log file.
    Path folder() {
        return lockFile.resolveSibling("");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(lockFile);
        }
    }
}
