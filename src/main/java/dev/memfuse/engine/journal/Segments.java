package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/// The segments that are no longer written, oldest first. Only the oldest are ever deleted, so that what is left is a
/// sequence without a hole. Thread-safe.
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

    synchronized void add(Segment segment) {
        sealed.add(segment);
        bytes.addAndGet(segment.bytes());
    }

    /// Whether segments lie entirely below the mark.
    synchronized boolean hasBelow(long mark) {
        return !sealed.isEmpty() && sealed.peek().last() < mark;
    }

    /// Deletes the segments entirely below a mark that is durable.
    synchronized void deleteBelow(long mark) throws IOException {
        boolean some = false;
        while (hasBelow(mark)) {
            disk.delete(sealed.element().file());
            bytes.addAndGet(-sealed.remove().bytes());
            some = true;
        }
        if (some) {
            disk.forceFolder(folder);
        }
    }

    long bytes() {
        return bytes.get();
    }
}
