package dev.memfuse.engine.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Contents of one segment: valid records, gaps of invalid bytes between them, and invalid bytes after the last record.
///
/// @param header empty when it is invalid; the first valid record then determines the epoch
/// @param gaps ranges of invalid bytes before a valid record
/// @param end offset after the last valid record
/// @param tail invalid bytes after the end, up to the last byte that is not zero; empty when there are none
record SegmentScan(Optional<SegmentHeader> header, List<RecordFormat.ValidRecord> records, List<Range> gaps, int end,
        Optional<Range> tail) {

    /// A range of bytes.
    ///
    /// @param to exclusive
    record Range(int from, int to) {
        int length() {
            return to - from;
        }
    }

    /// State of a scan.
    private static final class Cursor {
        final List<RecordFormat.ValidRecord> records = new ArrayList<>();
        final List<Range> gaps = new ArrayList<>();
        Optional<Long> epoch;
        int offset = ChecksummedBlock.BYTES;

        Cursor(Optional<Long> epoch) {
            this.epoch = epoch;
        }
    }

    /// Scans a segment.
    ///
    /// @param segment its bytes from the first on; the limit is its size
    /// @param name name of the file, for messages
    static SegmentScan of(ByteBuffer segment, String name) {
        Optional<SegmentHeader> header = SegmentHeader.read(segment, name);
        var cursor = new Cursor(header.map(SegmentHeader::epoch));
        OptionalInt next = find(segment, cursor, cursor.offset);
        while (next.isPresent()) {
            if (next.getAsInt() > cursor.offset) {
                cursor.gaps.add(new Range(cursor.offset, next.getAsInt()));
            }
            RecordFormat.ValidRecord record = RecordFormat.read(segment, next.getAsInt());
            cursor.records.add(record);
            cursor.epoch = Optional.of(record.epoch());
            cursor.offset = record.end();
            next = find(segment, cursor, cursor.offset);
        }
        return new SegmentScan(header, cursor.records, cursor.gaps, cursor.offset,
                tail(segment, cursor.offset));
    }

    /// Finds the next valid record of the epoch. Skips invalid bytes one by one, since their length is unknown.
    /// Compares the epoch first, so that a message full of imitated records does not cost a checksum for each of them.
    private static OptionalInt find(ByteBuffer segment, Cursor cursor, int from) {
        for (int offset = from; offset <= segment.limit() - RecordFormat.HEADER; offset++) {
            boolean sameEpoch = cursor.epoch.isEmpty() || cursor.epoch.get() == RecordFormat.epoch(segment, offset);
            if (sameEpoch && RecordFormat.isValid(segment, offset)) {
                return OptionalInt.of(offset);
            }
        }
        return OptionalInt.empty();
    }

    /// Returns the invalid bytes after the last record. Valid records of another epoch are recycled bytes and end the
    /// segment as zeros do.
    private static Optional<Range> tail(ByteBuffer segment, int end) {
        int offset = end;
        while (RecordFormat.isValid(segment, offset)) {
            offset = RecordFormat.read(segment, offset).end();
        }
        int last = segment.limit();
        while (last > offset && segment.get(last - 1) == 0) {
            last--;
        }
        return last > offset ? Optional.of(new Range(offset, last)) : Optional.empty();
    }
}
