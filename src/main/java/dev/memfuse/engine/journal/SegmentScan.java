package dev.memfuse.engine.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What one segment holds: sound records, gaps of bad bytes between them, and whether bad bytes follow the last.
///
/// @param header empty when it is bad; the records are then those of one epoch, read without it
/// @param gaps bad bytes with a sound record after them
/// @param end where the sound records end
/// @param tail bad bytes after the end, up to the last that is not zero; empty when there are none
record SegmentScan(Optional<SegmentHeader> header, List<RecordFormat.Sound> records, List<Range> gaps, int end,
        Optional<Range> tail) {

    record Range(int from, int to) {
        int length() {
            return to - from;
        }
    }

    private static final class Progress {
        final List<RecordFormat.Sound> records = new ArrayList<>();
        final List<Range> gaps = new ArrayList<>();
        Optional<Long> epoch;
        int offset = ChecksummedBlock.BYTES;

        Progress(Optional<Long> epoch) {
            this.epoch = epoch;
        }
    }

    /// @param segment from its first byte; its limit is its size
    static SegmentScan of(ByteBuffer segment, String name) {
        Optional<SegmentHeader> header = SegmentHeader.read(segment, name);
        var progress = new Progress(header.map(SegmentHeader::epoch));
        OptionalInt next = find(segment, progress, progress.offset);
        while (next.isPresent()) {
            if (next.getAsInt() > progress.offset) {
                progress.gaps.add(new Range(progress.offset, next.getAsInt()));
            }
            RecordFormat.Sound record = RecordFormat.read(segment, next.getAsInt());
            progress.records.add(record);
            progress.epoch = Optional.of(record.epoch());
            progress.offset = record.end();
            next = find(segment, progress, progress.offset);
        }
        return new SegmentScan(header, progress.records, progress.gaps, progress.offset,
                tail(segment, progress.offset));
    }

    /// The next sound record of the epoch. Bytes are skipped one by one: nothing bad says how long it is. The epoch is
    /// looked at first, so that a text full of imitated records does not cost a checksum for each.
    private static OptionalInt find(ByteBuffer segment, Progress progress, int from) {
        for (int offset = from; offset <= segment.limit() - RecordFormat.HEADER; offset++) {
            boolean own = progress.epoch.isEmpty() || progress.epoch.get() == RecordFormat.epoch(segment, offset);
            if (own && RecordFormat.isSound(segment, offset)) {
                return OptionalInt.of(offset);
            }
        }
        return OptionalInt.empty();
    }

    /// Sound records of another epoch are recycled bytes, which end the segment as zeros do.
    private static Optional<Range> tail(ByteBuffer segment, int end) {
        int offset = end;
        while (RecordFormat.isSound(segment, offset)) {
            offset = RecordFormat.read(segment, offset).end();
        }
        int last = segment.limit();
        while (last > offset && segment.get(last - 1) == 0) {
            last--;
        }
        return last > offset ? Optional.of(new Range(offset, last)) : Optional.empty();
    }
}
