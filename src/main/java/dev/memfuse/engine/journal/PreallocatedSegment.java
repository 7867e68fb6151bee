package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The next segment, preallocated with zeros before it is needed, so that no append waits for the allocation or meets a
/// full disk. It has a temporary name until it is taken. Thread-safe.
final class PreallocatedSegment {
    static final String NAME = "segment.new";
    private static final Logger LOG = LoggerFactory.getLogger(PreallocatedSegment.class);
    private static final int CHUNK_BYTES = 256 << 10;

    private final Disk disk;
    private final Path folder;
    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long ready;

    PreallocatedSegment(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
        this.file = folder.resolve(NAME);
    }

    /// Allocates the segment unless there is one of at least this size.
    ///
    /// @throws IOException when the disk is full; the allocation is then undone
    void prepare(long bytes) throws IOException {
        lock.lock();
        try {
            if (ready < bytes) {
                allocate(bytes);
            }
        } finally {
            lock.unlock();
        }
    }

    private void allocate(long bytes) throws IOException {
        ready = 0;
        try (Disk.DiskFile segment = disk.open(file)) {
            try {
                fill(segment, bytes);
            } catch (IOException e) {
                undo(segment);
                throw e;
            }
        }
        ready = bytes;
    }

    private static void fill(Disk.DiskFile segment, long bytes) throws IOException {
        segment.truncate(0);
        zero(segment, bytes);
        segment.forceAll();
    }

    private static void zero(Disk.DiskFile segment, long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (long at = 0; at < bytes; at += CHUNK_BYTES) {
            zeros.clear().limit((int) Math.min(CHUNK_BYTES, bytes - at));
            segment.write(zeros, at);
        }
    }

    private static void undo(Disk.DiskFile segment) {
        try {
            segment.truncate(0);
        } catch (IOException e) {
            LOG.warn("Journal: a partly allocated segment could not be truncated: {}", e.getMessage());
        }
    }

    /// Makes a released segment the next one, if none is allocated: overwrites its used bytes with zeros, which erases
    /// its texts and costs no more than they did. Renames it first, durably, so that a crash leaves no segment that is
    /// partly overwritten.
    ///
    /// @return false when the segment is not needed; it is unchanged then
    /// @throws IOException when the disk failed; the segment is then gone or unchanged
    boolean recycle(Segment segment) throws IOException {
        lock.lock();
        try {
            if (ready > 0) {
                return false;
            }
            disk.move(segment.file(), file);
            disk.forceFolder(folder);
            try (Disk.DiskFile open = disk.open(file)) {
                zero(open, segment.used());
                open.forceData();
            } catch (IOException e) {
                LOG.warn("Journal: a released segment could not be used again: {}", e.getMessage());
                disk.delete(file);
                return true;
            }
            ready = segment.bytes();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Turns the preallocated segment into a named one: writes the header and renames the file, both durably.
    Disk.DiskFile take(SegmentHeader header) throws IOException {
        lock.lock();
        try {
            Disk.DiskFile taken = disk.open(file);
            ready = 0;
            taken.write(header.write(), 0);
            taken.forceData();
            disk.move(file, folder.resolve(Segment.name(header.sequence())));
            disk.forceFolder(folder);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// Deletes the segment.
    void discard() {
        lock.lock();
        try {
            ready = 0;
            disk.delete(file);
        } catch (IOException e) {
            LOG.warn("Journal: the unused segment could not be deleted: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /// Returns its size on the disk; does not block.
    long bytes() {
        return ready;
    }
}
