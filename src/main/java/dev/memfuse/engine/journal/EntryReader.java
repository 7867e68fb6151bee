package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// Reads single records back from the segments, best in the order of their numbers: it keeps one segment open and reads
/// it in windows. Not thread-safe; its memory does not depend on the number of records.
final class EntryReader implements AutoCloseable {
    private static final int WINDOW_BYTES = 32 << 10;

    private final Disk disk;
    private final Segments segments;
    private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long windowStart;
    private @Nullable Path openPath;
    private Disk.@Nullable DiskFile open;

    EntryReader(Disk disk, Segments segments) {
        this.disk = disk;
        this.segments = segments;
    }

    /// Returns a record; empty when its segment was deleted since or holds other bytes at this place.
    Optional<RecordFormat.ValidRecord> read(long lsn, UnreleasedEntries.Place place) throws IOException {
        Optional<Path> file = segments.fileOf(lsn);
        if (file.isEmpty() || !switchTo(file.get())) {
            return Optional.empty();
        }
        return find(lsn, place);
    }

    private boolean switchTo(Path file) throws IOException {
        if (file.equals(openPath)) {
            return true;
        }
        close();
        try {
            open = disk.openToRead(file);
        } catch (NoSuchFileException e) {
            return false;
        }
        openPath = file;
        window.limit(0);
        return true;
    }

    private Optional<RecordFormat.ValidRecord> find(long lsn, UnreleasedEntries.Place place) throws IOException {
        if (!contains(lsn, place)) {
            // The window may be older than the record.
            fill(place);
            if (!contains(lsn, place)) {
                return Optional.empty();
            }
        }
        return Optional.of(RecordFormat.read(window, (int) (place.offset() - windowStart)));
    }

    private boolean contains(long lsn, UnreleasedEntries.Place place) {
        long at = place.offset() - windowStart;
        return at >= 0 && at + place.bytes() <= window.limit() && RecordFormat.isValid(window, (int) at)
                && RecordFormat.lsn(window, (int) at) == lsn;
    }

    private void fill(UnreleasedEntries.Place place) throws IOException {
        int bytes = Math.max(WINDOW_BYTES, place.bytes());
        if (window.capacity() < bytes || (window.capacity() > WINDOW_BYTES && bytes == WINDOW_BYTES)) {
            window = ByteBuffer.allocate(bytes);
        }
        window.clear().limit(bytes);
        windowStart = place.offset();
        Disk.DiskFile file = open;
        if (file != null) {
            file.read(window, windowStart);
        }
        window.flip();
    }

    @Override
    public void close() throws IOException {
        Disk.DiskFile file = open;
        open = null;
        openPath = null;
        if (file != null) {
            file.close();
        }
    }
}
