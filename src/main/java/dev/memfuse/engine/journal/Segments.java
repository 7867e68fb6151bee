package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// The sealed segments, oldest first, and the segment of each entry. Only the oldest are deleted, so that the remaining
/// sequence numbers are contiguous. Thread-safe.
final class Segments {
    private final Disk disk;
    private final Path folder;
    private final PreallocatedSegment spare;
    private final JournalSetup setup;
    private final Deque<Sealed> sealed = new ArrayDeque<>();
    private int readers;
    private boolean closing;
    private final AtomicLong bytes = new AtomicLong();
    /// Segments with entries by the number of their first one, including the segment being written.
    private final NavigableMap<Long, Path> byFirst = new ConcurrentSkipListMap<>();

    /// @param at time of its completion, on the clock of the set-up
    private record Sealed(Segment segment, long at) {}

    /// Keeps all segments until it is closed.
    interface Reading extends AutoCloseable {
        @Override
        void close();
    }

    /// @param spare receives a deleted segment that can be used again
    /// @param byFirst found segments with entries by the number of their first one
    Segments(JournalSetup setup, PreallocatedSegment spare, Collection<Segment> found, Map<Long, Path> byFirst) {
        this.setup = setup;
        this.disk = setup.disk();
        this.folder = setup.folder();
        this.spare = spare;
        this.byFirst.putAll(byFirst);
        found.forEach(this::add);
    }

    /// Records that a segment receives the entries from `first` on.
    void opened(long first, Path file) {
        byFirst.put(first, file);
    }

    /// Returns the file of the segment that holds an entry, if the entry exists.
    Optional<Path> fileOf(long lsn) {
        return Optional.ofNullable(byFirst.floorEntry(lsn)).map(Map.Entry::getValue);
    }

    /// Adds a segment that was sealed.
    synchronized void add(Segment segment) {
        sealed.add(new Sealed(segment, setup.nanos().getAsLong()));
        bytes.addAndGet(segment.bytes());
    }

    /// Returns whether a segment lies entirely below the mark and need not be kept.
    synchronized boolean hasBelow(long lowWaterMark) {
        Sealed oldest = sealed.peek();
        return oldest != null && readers == 0 && oldest.segment().last() < lowWaterMark
                && (closing || setup.nanos().getAsLong() - oldest.at() >= setup.limits().get().keepReleased()
                        .toNanos());
    }

    /// Lets segments be deleted whatever their age.
    synchronized void closing() {
        closing = true;
    }

    /// Starts to read all segments: none is deleted until the result is closed.
    synchronized Reading read() {
        readers++;
        return this::ended;
    }

    private synchronized void ended() {
        readers--;
    }

    /// Returns whether all segments are being read.
    synchronized boolean areRead() {
        return readers > 0;
    }

    /// Returns the files of all segments with entries, oldest first.
    List<Path> files() {
        return List.copyOf(byFirst.values());
    }

    /// Deletes the segments entirely below a mark that is durable, or makes one of them the next segment.
    ///
    /// @param reusable size of a segment that can be used again
    synchronized void deleteBelow(long lowWaterMark, long reusable) throws IOException {
        boolean deleted = false;
        while (hasBelow(lowWaterMark)) {
            Segment oldest = sealed.element().segment();
            byFirst.values().remove(oldest.file());
            if (oldest.bytes() != reusable || !spare.recycle(oldest)) {
                disk.delete(oldest.file());
            }
            bytes.addAndGet(-sealed.remove().segment().bytes());
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
