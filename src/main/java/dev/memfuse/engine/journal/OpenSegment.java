package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The segment that is being written. Records gather in a direct buffer, which goes to the file when it is full and
/// before each force. Used by the writer's thread.
final class OpenSegment {
    private final SegmentHeader header;
    private final Disk.DiskFile file;
    private final long capacity;
    private final ByteBuffer group;
    private final ByteBuffer recordHeader = ByteBuffer.allocate(RecordFormat.HEADER);
    private long position = ChecksummedBlock.BYTES;
    private long firstSince;

    /// @param group the buffer, reused from segment to segment
    OpenSegment(SegmentHeader header, Disk.DiskFile file, ByteBuffer group) throws IOException {
        this.header = header;
        this.file = file;
        this.capacity = file.size();
        this.group = group.clear();
    }

    boolean hasRoom(int bytes) {
        return capacity - position - group.position() >= bytes;
    }

    boolean isEmpty() {
        return position == ChecksummedBlock.BYTES && group.position() == 0;
    }

    /// When its first entry was handed over, on the clock of [System#nanoTime].
    long firstSince() {
        return firstSince;
    }

    long sequence() {
        return header.sequence();
    }

    long capacity() {
        return capacity;
    }

    void put(Append append) throws IOException {
        if (isEmpty()) {
            firstSince = append.since();
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

    /// Everything that was put is on the disk when this returns.
    void force() throws IOException {
        write();
        file.forceData();
    }

    void close() throws IOException {
        file.close();
    }
}
