package dev.memfuse.engine.journal;

import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Contents of one segment: valid records, gaps of invalid bytes between them, and invalid bytes after the last record.
///
/// @param header empty when it is invalid; the first valid record then determines the epoch
/// @param records views of the segment, four bytes of memory each
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

    /// The valid records of a segment by their offsets.
    private static final class Records extends AbstractList<RecordFormat.ValidRecord> {
        private static final int INITIAL_CAPACITY = 256;

        private final ByteBuffer segment;
        private int[] offsets = new int[INITIAL_CAPACITY];
        private int size;

        Records(ByteBuffer segment) {
            this.segment = segment;
        }

        void addAt(int offset) {
            if (size == offsets.length) {
                offsets = Arrays.copyOf(offsets, size * 2);
            }
            offsets[size++] = offset;
        }

        @Override
        public RecordFormat.ValidRecord get(int index) {
            return RecordFormat.read(segment, offsets[index]);
        }

        @Override
        public int size() {
            return size;
        }
    }

    /// State of a scan.
    private static final class Cursor {
        final List<Range> gaps = new ArrayList<>();
        final Records records;
        Optional<Long> epoch;
        int offset = ChecksummedBlock.BYTES;

        Cursor(ByteBuffer segment, Optional<Long> epoch) {
            this.records = new Records(segment);
            this.epoch = epoch;
        }
    }

    /// Scans a segment.
    ///
    /// @param segment its bytes from the first on; the limit is its size
    /// @param name name of the file, for messages
    static SegmentScan of(ByteBuffer segment, String name) {
        Optional<SegmentHeader> header = SegmentHeader.read(segment, name);
        var cursor = new Cursor(segment, header.map(SegmentHeader::epoch));
        OptionalInt next = find(segment, cursor, cursor.offset);
        while (next.isPresent()) {
            int offset = next.getAsInt();
            if (offset > cursor.offset) {
                cursor.gaps.add(new Range(cursor.offset, offset));
            }
            cursor.records.addAt(offset);
            cursor.epoch = Optional.of(RecordFormat.epoch(segment, offset));
            cursor.offset = RecordFormat.end(segment, offset);
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
            offset = RecordFormat.end(segment, offset);
        }
        int last = segment.limit();
        while (last > offset && segment.get(last - 1) == 0) {
            last--;
        }
        return last > offset ? Optional.of(new Range(offset, last)) : Optional.empty();
    }
}
