package dev.memfuse.engine.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recovers the entries of a journal when it is opened: cuts a torn tail and copies corrupt regions to the quarantine.
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Disk disk;
    private final Path folder;
    private final Quarantine quarantine;
    private final List<Segment> segments = new ArrayList<>();
    private final Map<Long, Path> byFirst = new HashMap<>();
    private final Visitor visitor;
    private Checkpoint.Values checkpoint = Checkpoint.Values.NONE;
    private long sequence;
    private long expected;
    private boolean gapExplained;
    private @Nullable Path newestWithEntries;

    /// Receives the entries from the low-water mark on, oldest first. Entries with numbers between them are lost.
    @FunctionalInterface
    interface Visitor {
        /// @param offset offset of its record in its segment
        /// @param bytes size of its record
        void entry(long lsn, int offset, int bytes, JournalEntry content);
    }

    /// Result of a recovery.
    ///
    /// @param byFirst segments with entries by the number of their first one
    /// @param next the next log sequence number
    /// @param nextSequence sequence number of the next segment
    record Result(List<Segment> segments, Map<Long, Path> byFirst, List<CorruptRegion> corruptRegions, long next,
            long nextSequence) {}

    Recovery(Disk disk, Path folder, Visitor visitor) {
        this.disk = disk;
        this.visitor = visitor;
        this.folder = folder;
        this.quarantine = new Quarantine(disk, folder);
    }

    /// Reads the checkpoint and all segments, oldest first.
    Result run(Checkpoint stored) throws IOException {
        List<String> names = segmentNames();
        Optional<Checkpoint.Values> values = stored.read();
        checkpoint = values.orElse(Checkpoint.Values.NONE);
        expected = values.map(Checkpoint.Values::lowWaterMark).orElse(0L);
        if (values.isEmpty() && !names.isEmpty()) {
            reportMissing(Checkpoint.NAME, "The checkpoint cannot be read; every existing entry is replayed.");
        }
        for (int i = 0; i < names.size(); i++) {
            read(names.get(i), i == names.size() - 1);
        }
        if (values.isPresent() && expected <= checkpoint.durable()) {
            if (!gapExplained) {
                reportMissing("end-of-journal", missingEntries(expected, checkpoint.durable()));
            }
            expected = checkpoint.durable() + 1;
        }
        return new Result(segments, byFirst, quarantine.regions(), Math.max(1, expected),
                Math.max(sequence + 1, checkpoint.nextSequence()));
    }

    private List<String> segmentNames() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(Segment::isSegment)
                    .sorted(Comparator.comparingLong(Segment::sequence)).toList();
        }
    }

    private void reportMissing(String file, String reason) throws IOException {
        quarantine.store(file, 0, ByteBuffer.allocate(0), reason);
    }

    private static String missingEntries(long from, long to) {
        return from == to
                ? "Entry " + from + " is missing."
                : "Entries " + from + " to " + to + " are missing.";
    }

    private void read(String name, boolean last) throws IOException {
        Path file = folder.resolve(name);
        try (Disk.DiskFile open = disk.open(file)) {
            int end;
            try (Arena arena = Arena.ofConfined()) {
                end = read(name, file, map(open, name, arena), last);
            }
            if (last) {
                cut(open, end);
            }
            segments.add(new Segment(Segment.sequence(name), file, open.size(), open.size(), expected - 1));
        }
        sequence = Segment.sequence(name);
    }

    /// Reads a segment and returns the offset after its last entry.
    private int read(String name, Path file, ByteBuffer bytes, boolean last) throws IOException {
        SegmentScan scan = SegmentScan.of(bytes, name);
        gapExplained |= missesSegments(name, scan);
        quarantineGaps(name, bytes, scan);
        for (RecordFormat.ValidRecord record : scan.records()) {
            gapExplained |= scan.gaps().stream().anyMatch(gap -> gap.to() == record.offset());
            add(name, file, record);
        }
        if (scan.tail().isPresent()) {
            checkTail(name, bytes, scan, last);
        }
        return scan.end();
    }

    /// Ignores invalid bytes at the end of the last segment: a crash leaves them of unacknowledged appends. Quarantines
    /// invalid bytes at the end of other segments, and those that were durable according to the checkpoint.
    private void checkTail(String name, ByteBuffer bytes, SegmentScan scan, boolean last) throws IOException {
        SegmentScan.Range tail = scan.tail().orElseThrow();
        if (last && scan.header().isPresent() && expected > checkpoint.durable()) {
            LOG.info("Journal: the torn tail of {} is cut: {} bytes at {}.", name, tail.length(), tail.from());
            return;
        }
        quarantine(name, bytes, tail, "The end of the segment is corrupt.");
        gapExplained = true;
    }

    private static ByteBuffer map(Disk.DiskFile file, String name, Arena arena) throws IOException {
        if (file.size() > Integer.MAX_VALUE - Long.BYTES) {
            throw new JournalException("The journal's file " + name + " is larger than any segment. Move it away.");
        }
        return file.map(arena);
    }

    /// Reports missing segments before this one. Returns whether they contained unreleased entries.
    private boolean missesSegments(String name, SegmentScan scan) throws IOException {
        long before = sequence;
        long current = Segment.sequence(name);
        boolean allReleased = expected <= checkpoint.lowWaterMark()
                && scan.records().stream().mapToLong(RecordFormat.ValidRecord::lsn).findFirst()
                        .orElse(Long.MAX_VALUE) <= expected;
        if (before == 0 || current == before + 1 || allReleased) {
            return false;
        }
        for (long lost = before + 1; lost < current; lost++) {
            reportMissing(Segment.name(lost), "The segment is missing.");
        }
        return true;
    }

    private void quarantineGaps(String name, ByteBuffer bytes, SegmentScan scan) throws IOException {
        if (scan.header().filter(header -> header.sequence() == Segment.sequence(name)).isEmpty()) {
            quarantine(name, bytes, new SegmentScan.Range(0, Math.min(bytes.limit(), ChecksummedBlock.BYTES)),
                    "The header of the segment is corrupt.");
        }
        for (SegmentScan.Range gap : scan.gaps()) {
            quarantine(name, bytes, gap, "Bytes between valid entries are corrupt.");
        }
    }

    private void quarantine(String name, ByteBuffer bytes, SegmentScan.Range range, String reason) throws IOException {
        quarantine.store(name, range.from(), bytes.slice(range.from(), range.length()), reason);
    }

    private void add(String name, Path file, RecordFormat.ValidRecord record) throws IOException {
        if (record.lsn() < checkpoint.lowWaterMark()) {
            return;
        }
        if (expected != 0 && record.lsn() < expected) {
            quarantineRecord(name, record, "The number of the entry was used before.");
            return;
        }
        if (expected != 0 && record.lsn() > expected && !gapExplained) {
            reportMissing(name + "-before-" + record.lsn(), missingEntries(expected, record.lsn() - 1));
        }
        gapExplained = false;
        expected = record.lsn() + 1;
        try {
            JournalEntry entry = JournalEntryCodec.decode(record.type(), record.payload().duplicate());
            if (!file.equals(newestWithEntries)) {
                newestWithEntries = file;
                byFirst.put(record.lsn(), file);
            }
            visitor.entry(record.lsn(), record.offset(), record.length(), entry);
        } catch (JournalEntryCodec.MalformedException e) {
            quarantineRecord(name, record, "The entry cannot be decoded: " + e.getMessage());
        }
    }

    private void quarantineRecord(String name, RecordFormat.ValidRecord record, String reason) throws IOException {
        quarantine.store(name, record.offset(), record.payload().duplicate(), reason);
    }

    /// Truncates the last segment after its last valid record: the bytes after it were never acknowledged, and a later
    /// scan must not find them in the middle of the log. Forces the segment, because the bytes read may exist only in
    /// the page cache of the operating system.
    private static void cut(Disk.DiskFile file, int end) throws IOException {
        if (file.size() > end) {
            file.truncate(end);
        }
        file.forceAll();
    }
}
