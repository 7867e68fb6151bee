package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/// The sealed segments, oldest first. Only the oldest are deleted, so that the remaining sequence numbers are
/// contiguous. Thread-safe.
final class Segments {
    private final Disk disk;
    private final Path folder;
    private final Deque<Segment> sealed = new ArrayDeque<>();
    private final AtomicLong bytes = new AtomicLong();

    Segments(Disk disk, Path folder, Collection<Segment> found) {
        this.disk = disk;
        this.folder = folder;
        found.forEach(this::add);
    }

    /// Adds a segment that was sealed.
    synchronized void add(Segment segment) {
        sealed.add(segment);
        bytes.addAndGet(segment.bytes());
    }

    /// Returns whether a segment lies entirely below the mark.
    synchronized boolean hasBelow(long lowWaterMark) {
        return !sealed.isEmpty() && sealed.peek().last() < lowWaterMark;
    }

    /// Deletes the segments entirely below a mark that is durable.
    synchronized void deleteBelow(long lowWaterMark) throws IOException {
        boolean deleted = false;
        while (hasBelow(lowWaterMark)) {
            disk.delete(sealed.element().file());
            bytes.addAndGet(-sealed.remove().bytes());
            deleted = true;
        }
        if (deleted) {
            disk.forceFolder(folder);
        }
    }

    /// Returns the total size in bytes.
    long bytes() {
        return bytes.get();
    }
}
