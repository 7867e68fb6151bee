package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The next segment, preallocated with zeros before it is needed, so that neither its size nor the lack of room on the
/// disk meets an append. It bears a name of its own until it is taken. Thread-safe.
final class PreallocatedSegment {
    static final String NAME = "segment.new";
    private static final Logger LOG = LoggerFactory.getLogger(PreallocatedSegment.class);
    private static final int PIECE = 256 << 10;

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

    /// Makes the spare unless it is there.
    ///
    /// @throws IOException when there is no room; then nothing is taken from the disk
    void prepare(long bytes) throws IOException {
        lock.lock();
        try {
            if (ready < bytes) {
                make(bytes);
            }
        } finally {
            lock.unlock();
        }
    }

    private void make(long bytes) throws IOException {
        ready = 0;
        try (Disk.DiskFile made = disk.open(file)) {
            try {
                fill(made, bytes);
            } catch (IOException e) {
                giveBack(made);
                throw e;
            }
        }
        ready = bytes;
    }

    private static void fill(Disk.DiskFile made, long bytes) throws IOException {
        made.truncate(0);
        ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
        for (long at = 0; at < bytes; at += PIECE) {
            zeros.clear().limit((int) Math.min(PIECE, bytes - at));
            made.write(zeros, at);
        }
        made.forceAll();
    }

    private static void giveBack(Disk.DiskFile made) {
        try {
            made.truncate(0);
        } catch (IOException e) {
            LOG.warn("Journal: a half-made segment keeps its room on the disk: {}", e.getMessage());
        }
    }

    /// Gives the spare its header and its name, durably.
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

    /// Gives its room back.
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

    /// What it takes on the disk; does not wait.
    long bytes() {
        return ready;
    }
}
