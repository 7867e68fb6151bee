package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a folder at its opening: finds what survived, cuts a torn tail, and quarantines what is damaged.
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Disk disk;
    private final Path folder;
    private final Quarantine quarantine;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Read> entries = new ArrayList<>();
    private Checkpoint.Values checkpoint = Checkpoint.Values.NONE;
    private long sequence;
    private long expected;
    private boolean gapExplained;

    /// An entry as it was read.
    ///
    /// @param bytes of its record
    /// @param segmentMillis when its segment was made, by the wall clock; 0 when that is not known
    record Read(long lsn, int bytes, long segmentMillis, JournalEntry entry) {}

    /// @param entries from the mark on, oldest first; those between them that are missing are lost
    /// @param next the next log sequence number
    record Result(List<Read> entries, List<Segment> segments, List<Damage> damage, long next, long nextSequence) {}

    Recovery(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
        this.quarantine = new Quarantine(disk, folder);
    }

    Result run(Checkpoint stored) throws IOException {
        List<String> names = segmentNames();
        Optional<Checkpoint.Values> values = stored.read();
        checkpoint = values.orElse(Checkpoint.Values.NONE);
        expected = values.map(Checkpoint.Values::mark).orElse(0L);
        if (values.isEmpty() && !names.isEmpty()) {
            keepMissing(Checkpoint.NAME, "The checkpoint cannot be read; every entry that is there is replayed.");
        }
        for (int i = 0; i < names.size(); i++) {
            read(names.get(i), i == names.size() - 1);
        }
        if (values.isPresent() && expected <= checkpoint.durable()) {
            if (!gapExplained) {
                keepMissing("end-of-journal", missing(expected, checkpoint.durable()));
            }
            expected = checkpoint.durable() + 1;
        }
        return new Result(entries, segments, quarantine.kept(), Math.max(1, expected),
                Math.max(sequence + 1, checkpoint.nextSequence()));
    }

    private List<String> segmentNames() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(Segment::isSegment).sorted().toList();
        }
    }

    private void keepMissing(String file, String why) throws IOException {
        quarantine.keep(file, 0, ByteBuffer.allocate(0), why);
    }

    private static String missing(long from, long to) {
        return from == to
                ? "Entry " + from + " is missing."
                : "Entries " + from + " to " + to + " are missing.";
    }

    private void read(String name, boolean last) throws IOException {
        Path file = folder.resolve(name);
        try (Disk.DiskFile open = disk.open(file)) {
            ByteBuffer bytes = load(open, name);
            SegmentScan scan = SegmentScan.of(bytes, name);
            gapExplained |= missesOne(name, scan);
            keepBadBytes(name, bytes, scan);
            for (RecordFormat.Sound record : scan.records()) {
                gapExplained |= scan.gaps().stream().anyMatch(gap -> gap.to() == record.offset());
                take(name, scan, record);
            }
            if (scan.tail().isPresent()) {
                judge(name, bytes, scan, last);
            }
            if (last) {
                cut(open, scan.end());
            }
            segments.add(new Segment(Segment.sequence(name), file, open.size(), expected - 1));
        }
        sequence = Segment.sequence(name);
    }

    /// Bad bytes at the very end are what a crash leaves of appends that nobody was told of, unless they are known to
    /// have been durable.
    private void judge(String name, ByteBuffer bytes, SegmentScan scan, boolean last) throws IOException {
        SegmentScan.Range tail = scan.tail().orElseThrow();
        if (last && scan.header().isPresent() && expected > checkpoint.durable()) {
            LOG.info("Journal: the torn tail of {} is cut: {} bytes at {}.", name, tail.length(), tail.from());
            return;
        }
        keep(name, bytes, tail, "The end of the segment is damaged.");
        gapExplained = true;
    }

    private static ByteBuffer load(Disk.DiskFile file, String name) throws IOException {
        long size = file.size();
        if (size > Integer.MAX_VALUE - Long.BYTES) {
            throw new JournalException("The journal's file " + name + " is larger than any segment. Move it away.");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        file.read(bytes, 0);
        return bytes.flip();
    }

    /// Whether segments before this one are gone that still held entries.
    private boolean missesOne(String name, SegmentScan scan) throws IOException {
        long before = sequence;
        long own = Segment.sequence(name);
        boolean allReleased = expected <= checkpoint.mark()
                && scan.records().stream().mapToLong(RecordFormat.Sound::lsn).findFirst()
                        .orElse(Long.MAX_VALUE) <= expected;
        if (before == 0 || own == before + 1 || allReleased) {
            return false;
        }
        for (long lost = before + 1; lost < own; lost++) {
            keepMissing(Segment.name(lost), "The segment is missing.");
        }
        return true;
    }

    private void keepBadBytes(String name, ByteBuffer bytes, SegmentScan scan) throws IOException {
        if (scan.header().filter(header -> header.sequence() == Segment.sequence(name)).isEmpty()) {
            keep(name, bytes, new SegmentScan.Range(0, Math.min(bytes.limit(), ChecksummedBlock.BYTES)),
                    "The header of the segment is damaged.");
        }
        for (SegmentScan.Range gap : scan.gaps()) {
            keep(name, bytes, gap, "Bytes between sound entries are damaged.");
        }
    }

    private void keep(String name, ByteBuffer bytes, SegmentScan.Range range, String why) throws IOException {
        quarantine.keep(name, range.from(), bytes.slice(range.from(), range.length()), why);
    }

    private void take(String name, SegmentScan scan, RecordFormat.Sound record) throws IOException {
        if (record.lsn() < checkpoint.mark()) {
            return;
        }
        if (expected != 0 && record.lsn() < expected) {
            keepRecord(name, record, "The entry's number was there before.");
            return;
        }
        if (expected != 0 && record.lsn() > expected && !gapExplained) {
            keepMissing(name + "-before-" + record.lsn(), missing(expected, record.lsn() - 1));
        }
        gapExplained = false;
        expected = record.lsn() + 1;
        try {
            entries.add(new Read(record.lsn(), record.length(),
                    scan.header().map(SegmentHeader::createdMillis).orElse(0L),
                    JournalEntryCodec.decode(record.type(), record.payload().duplicate())));
        } catch (JournalEntryCodec.MalformedException e) {
            keepRecord(name, record, "The entry cannot be decoded: " + e.getMessage());
        }
    }

    private void keepRecord(String name, RecordFormat.Sound record, String why) throws IOException {
        quarantine.keep(name, record.offset(), record.payload().duplicate(), why);
    }

    /// The last segment ends with its last sound entry from now on: what follows was never acknowledged, and a later
    /// scan must not meet it in the middle of the log. What was read may stand in the memory of the system only, so it is
    /// forced before anything is built upon it.
    private static void cut(Disk.DiskFile file, int end) throws IOException {
        if (file.size() > end) {
            file.truncate(end);
        }
        file.forceAll();
    }
}
