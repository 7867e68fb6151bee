package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The low-water mark of the journal, in a file of two slots that are written alternately, so that a torn write leaves
/// the other slot valid. Not thread-safe.
final class Checkpoint {
    static final String NAME = "checkpoint";
    static final int SLOT = 4096;
    private static final long MAGIC = 0x4d46_4a43_4845_4b31L;

    private final Disk disk;
    private final Path file;
    private long turn;

    /// The values of a checkpoint.
    ///
    /// @param lowWaterMark log sequence number below which every entry is released
    /// @param durable the highest log sequence number that is on the disk
    /// @param nextSequence sequence number of the next segment
    record Values(long lowWaterMark, long durable, long nextSequence) {
        static final Values NONE = new Values(1, 0, 1);
    }

    private record Slot(long turn, Values values) {}

    Checkpoint(Disk disk, Path folder) {
        this.disk = disk;
        this.file = folder.resolve(NAME);
    }

    /// Reads the newest values; empty when neither slot is valid.
    Optional<Values> read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * SLOT);
        try (Disk.DiskFile open = disk.open(file)) {
            open.read(bytes, 0);
        }
        bytes.flip();
        Optional<Slot> newest = Stream.of(slot(bytes, 0), slot(bytes, SLOT)).flatMap(Optional::stream)
                .max(Comparator.comparingLong(Slot::turn));
        turn = newest.map(Slot::turn).orElse(0L);
        return newest.map(Slot::values);
    }

    private static Optional<Slot> slot(ByteBuffer bytes, int offset) {
        if (bytes.limit() < offset + ChecksummedBlock.BYTES) {
            return Optional.empty();
        }
        return ChecksummedBlock.read(bytes.slice(offset, ChecksummedBlock.BYTES), MAGIC, NAME)
                .map(n -> new Slot(n[0], new Values(n[1], n[2], n[3])));
    }

    /// Writes the older slot durably.
    void write(Values values) throws IOException {
        long next = turn + 1;
        ByteBuffer block = ChecksummedBlock.write(MAGIC, next, values.lowWaterMark(), values.durable(),
                values.nextSequence());
        try (Disk.DiskFile open = disk.open(file)) {
            open.write(block, next % 2 * SLOT);
            open.forceAll();
        }
        turn = next;
    }
}
