package dev.memfuse.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// What the journal asks of the file system. An interface, so that tests can fail one exact call.
interface Disk {

    /// Opens for reading and writing; creates the file when it is missing.
    DiskFile open(Path file) throws IOException;

    /// Renames at once, over a file that may be there.
    void move(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /// Makes names of files durable: those created, renamed and deleted.
    void forceFolder(Path folder) throws IOException;

    interface DiskFile extends Closeable {
        long size() throws IOException;

        /// Fills the buffer from a position on, or as far as the file goes.
        void read(ByteBuffer into, long position) throws IOException;

        /// Writes everything that remains in the buffer.
        void write(ByteBuffer from, long position) throws IOException;

        void truncate(long size) throws IOException;

        /// Makes the bytes durable; enough while the size stays.
        void forceData() throws IOException;

        /// Makes bytes and size durable.
        void forceAll() throws IOException;
    }
}
