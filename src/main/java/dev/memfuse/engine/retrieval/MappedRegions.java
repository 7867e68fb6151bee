package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A memory-mapped file that grows by regions of one size. Guarded by its owner; several threads may read at once.
final class MappedRegions implements AutoCloseable {
    private final Path file;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> regions = new ArrayList<>();
    private final long bytes;

    private MappedRegions(Path file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /// Opens or creates a file.
    ///
    /// @param bytes size of a region
    /// @param count number of regions to map
    static MappedRegions open(Path file, long bytes, int count) throws IOException {
        MappedRegions opened = new MappedRegions(file, bytes);
        try {
            opened.map(count);
            return opened;
        } catch (Throwable e) {
            opened.close();
            throw e;
        }
    }

    /// Maps another region.
    void add() throws IOException {
        map(1);
    }

    /// Maps further regions. The file is open meanwhile only: many users have an index.
    private void map(int more) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            for (int i = 0; i < more; i++) {
                regions.add(channel.map(FileChannel.MapMode.READ_WRITE, regions.size() * bytes, bytes, arena));
            }
        }
    }

    MemorySegment get(int region) {
        return regions.get(region);
    }

    int count() {
        return regions.size();
    }

    /// Writes all regions to the disk. Blocks.
    void force() {
        regions.forEach(MemorySegment::force);
    }

    @Override
    public void close() {
        arena.close();
    }
}
