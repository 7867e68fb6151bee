package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The segment that is being written. Collects records in a direct buffer, which it writes to the file when the buffer
/// is full and before each force. Used by the writer's thread.
final class OpenSegment {
    private final SegmentHeader header;
    private final Path path;
    private final Disk.DiskFile file;
    private final long capacity;
    private final ByteBuffer group;
    private final ByteBuffer recordHeader = ByteBuffer.allocate(RecordFormat.HEADER);
    private long position = ChecksummedBlock.BYTES;
    private long firstSubmittedNanos;

    /// @param group the buffer, reused from segment to segment
    OpenSegment(SegmentHeader header, Path path, Disk.DiskFile file, ByteBuffer group) throws IOException {
        this.header = header;
        this.path = path;
        this.file = file;
        this.capacity = file.size();
        this.group = group.clear();
    }

    /// Returns whether a record of this size fits.
    boolean hasRoom(int bytes) {
        return capacity - position - group.position() >= bytes;
    }

    boolean isEmpty() {
        return position == ChecksummedBlock.BYTES && group.position() == 0;
    }

    /// Returns the time of its first append, on the clock of [System#nanoTime].
    long firstSubmittedNanos() {
        return firstSubmittedNanos;
    }

    long sequence() {
        return header.sequence();
    }

    long capacity() {
        return capacity;
    }

    /// Returns the offset of the next record.
    int end() {
        return (int) (position + group.position());
    }

    /// Returns the path under which it was opened.
    Path file() {
        return path;
    }

    /// Adds the record of an append.
    void put(Append append) throws IOException {
        if (isEmpty()) {
            firstSubmittedNanos = append.submittedNanos();
        }
        RecordFormat.fill(recordHeader, append.type(), header.epoch(), append.lsn(), append.payload());
        put(recordHeader);
        put(ByteBuffer.wrap(append.payload()));
    }

    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!group.hasRemaining()) {
                write();
            }
            int length = Math.min(group.remaining(), bytes.remaining());
            group.put(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
    }

    private void write() throws IOException {
        group.flip();
        int length = group.remaining();
        file.write(group, position);
        position += length;
        group.clear();
    }

    /// Writes and forces all added records to the disk.
    void force() throws IOException {
        write();
        file.forceData();
    }

    void close() throws IOException {
        file.close();
    }
}
