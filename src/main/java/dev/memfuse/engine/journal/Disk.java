package dev.memfuse.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The file operations of the journal. An interface, so that tests can make a chosen call fail.
interface Disk {

    /// Opens a file for reading and writing; creates it when it is missing.
    DiskFile open(Path file) throws IOException;

    /// Opens an existing file for reading.
    ///
    /// @throws java.nio.file.NoSuchFileException when it is missing
    DiskFile openToRead(Path file) throws IOException;

    /// Renames a file atomically; replaces an existing target.
    void move(Path from, Path to) throws IOException;

    /// Deletes a file; has no effect when it is missing.
    void delete(Path file) throws IOException;

    /// Makes created, renamed and deleted names in a folder durable.
    void forceFolder(Path folder) throws IOException;

    /// An open file.
    interface DiskFile extends Closeable {
        /// Returns the size in bytes.
        long size() throws IOException;

        /// Fills the buffer from a position on, up to the end of the file.
        void read(ByteBuffer into, long position) throws IOException;

        /// Maps the whole file, at most 2 GiB, for reading. The buffer is valid until the arena is closed.
        ByteBuffer map(Arena arena) throws IOException;

        /// Writes the remaining bytes of the buffer at a position.
        void write(ByteBuffer from, long position) throws IOException;

        /// Shortens the file to a size; has no effect when it is not longer.
        void truncate(long size) throws IOException;

        /// Makes the bytes durable; sufficient while the size does not change.
        void forceData() throws IOException;

        /// Makes the bytes and the size durable.
        void forceAll() throws IOException;
    }
}
