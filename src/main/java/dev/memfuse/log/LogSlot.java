package dev.memfuse.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.file.FolderLock;

/// The right to write one log file of a folder, held by one process at a time: `memfuse.log` for the first, then
/// `memfuse-2.log` and so on. Names are used again, so that the number of files stays bounded however often the program
/// starts. The operating system releases the lock when the process ends, even by a kill.
final class LogSlot implements AutoCloseable {
    private static final int SLOTS = 32;

    private final Path file;
    private final FolderLock lock;

    private LogSlot(Path file, FolderLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /// Takes the first free slot.
    ///
    /// @param folder exists
    /// @throws IOException when the folder cannot be written, or every slot is taken
    static LogSlot take(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        for (int number = 1; number <= SLOTS; number++) {
            String name = number == 1 ? "memfuse" : String.format(Locale.ROOT, "memfuse-%d", number);
            Optional<FolderLock> lock = FolderLock.tryLock(absolute.resolve(name + ".lock"));
            if (lock.isPresent()) {
                return new LogSlot(absolute.resolve(name + ".log"), lock.get());
            }
        }
        throw new IOException(SLOTS + " processes write their logs to " + folder + " already");
    }

    /// Returns the path of the log file.
    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
