package dev.memfuse.engine.journal;

import static dev.memfuse.engine.journal.TestJournal.contents;
import static dev.memfuse.engine.journal.TestJournal.message;
import static dev.memfuse.engine.journal.TestJournal.round;
import static dev.memfuse.engine.journal.TestJournal.unreleased;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recovery of a journal with torn, corrupt or missing files.
class CorruptionTest {
    @TempDir
    Path temp;
    private TestJournal crashed;
    private int copies;

    /// Writes five entries to one segment, which stays unsealed as after a crash.
    @BeforeEach
    void crash() throws IOException {
        TestJournal files = new TestJournal(temp.resolve("journal"));
        try (Journal journal = files.open()) {
            for (String content : List.of("one", "two", "three", "four", "five")) {
                journal.append(round(content));
            }
            crashed = files.copy(temp.resolve("crashed"));
        }
    }

    private TestJournal copy() throws IOException {
        TestJournal copy = crashed.copy(temp.resolve("copy-" + copies++));
        copy.disk.skipForces();
        return copy;
    }

    private static SegmentScan scan(Path segment) throws IOException {
        return SegmentScan.of(ByteBuffer.wrap(Files.readAllBytes(segment)), "test");
    }

    private RecordFormat.ValidRecord record(int index) throws IOException {
        return scan(crashed.segments().getFirst()).records().get(index);
    }

    private static void flip(Path file, int offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 0x10;
        Files.write(file, bytes);
    }

    private static List<String> reasons(Journal journal) {
        return journal.corruptRegions().stream().map(CorruptRegion::reason).toList();
    }

    /// Asserts that the tail is cut, a new entry can be appended, and the next opening recovers both.
    private static void assertCut(TestJournal torn, String where) throws IOException {
        try (Journal journal = torn.open()) {
            assertEquals(List.of("one", "two", "three", "four"), contents(journal), where);
            assertEquals(List.of(), journal.corruptRegions(), where);
            assertEquals(5, journal.append(round("new")), where);
        }
        try (Journal second = torn.open()) {
            assertEquals(List.of("one", "two", "three", "four", "new"), contents(second), where);
            assertEquals(List.of(), second.corruptRegions(), where);
        }
    }

    @Test
    void cutsTheLastRecordTruncatedAtAnyByte() throws IOException {
        RecordFormat.ValidRecord last = record(4);
        for (int end = last.offset(); end < last.end(); end++) {
            TestJournal torn = copy();
            Path segment = torn.segments().getFirst();
            Files.write(segment, Arrays.copyOf(Files.readAllBytes(segment), end));

            assertCut(torn, "truncated at " + end);
        }
    }

    @Test
    void cutsTheLastRecordWithOnlyItsFirstBytesWritten() throws IOException {
        RecordFormat.ValidRecord last = record(4);
        for (int end = last.offset(); end < last.end(); end++) {
            TestJournal torn = copy();
            Path segment = torn.segments().getFirst();
            byte[] bytes = Files.readAllBytes(segment);
            if (Arrays.equals(bytes, end, last.end(), new byte[last.end() - end], 0, last.end() - end)) {
                continue;
            }
            Arrays.fill(bytes, end, last.end(), (byte) 0);
            Files.write(segment, bytes);

            assertCut(torn, "zeros from " + end);
        }
    }

    @Test
    void cutsTheLastRecordFlippedAtAnyByte() throws IOException {
        RecordFormat.ValidRecord last = record(4);
        for (int offset = last.offset(); offset < last.end(); offset++) {
            TestJournal torn = copy();
            flip(torn.segments().getFirst(), offset);

            assertCut(torn, "flipped at " + offset);
        }
    }

    @Test
    void quarantinesARecordInTheMiddleFlippedAtAnyByteAndKeepsTheOthers() throws IOException {
        RecordFormat.ValidRecord middle = record(2);
        for (int offset = middle.offset(); offset < middle.end(); offset++) {
            TestJournal corrupt = copy();
            Path segment = corrupt.segments().getFirst();
            flip(segment, offset);
            byte[] invalid = Arrays.copyOfRange(Files.readAllBytes(segment), middle.offset(), middle.end());

            try (Journal journal = corrupt.open()) {
                assertEquals(List.of("one", "two", "four", "five"), contents(journal), "flipped at " + offset);
                assertEquals(1, journal.corruptRegions().size());
                CorruptRegion region = journal.corruptRegions().getFirst();
                assertEquals(middle.offset(), region.offset());
                assertEquals(segment.getFileName().toString(), region.file());
                assertTrue(Files.readString(region.report()).contains("Offset: " + middle.offset()));
                assertArrayEquals(invalid, Files.readAllBytes(region.report()
                        .resolveSibling(region.report().getFileName().toString().replace(".txt", ".bin"))));
            }
        }
    }

    @Test
    void reportsACorruptRegionUntilItsSegmentIsReleased() throws IOException {
        flip(crashed.segments().getFirst(), record(2).offset() + 50);
        try (Journal journal = crashed.open()) {
            assertEquals(1, journal.corruptRegions().size());
            assertEquals(6, journal.append(round("six")));
        }
        try (Journal second = crashed.open()) {
            assertEquals(List.of("one", "two", "four", "five", "six"), contents(second));
            assertEquals(1, second.corruptRegions().size());
            unreleased(second).forEach(recovered -> second.release(recovered.lsn()));
        }
        try (Journal third = crashed.open()) {
            assertEquals(List.of(), third.corruptRegions());
            assertEquals(List.of(), unreleased(third));
        }
        assertTrue(Files.isDirectory(crashed.folder.resolve(Quarantine.NAME)));
    }

    @Test
    void quarantinesAHeaderFlippedAtAnyByteAndKeepsTheEntries() throws IOException {
        for (int offset = 0; offset < ChecksummedBlock.BYTES; offset++) {
            TestJournal corrupt = copy();
            flip(corrupt.segments().getFirst(), offset);

            try (Journal journal = corrupt.open()) {
                assertEquals(List.of("one", "two", "three", "four", "five"), contents(journal));
                assertEquals("The header of the segment is corrupt.", journal.corruptRegions().getFirst().reason());
            }
        }
    }

    @Test
    void aCorruptDurableEntryIsNotATornTail() throws IOException {
        try (Journal journal = crashed.open()) {
            assertEquals(5, unreleased(journal).size());
        }
        flip(crashed.segments().getFirst(), record(4).offset() + 40);

        try (Journal journal = crashed.open()) {
            assertEquals(List.of("one", "two", "three", "four"), contents(journal));
            assertEquals(List.of("The end of the segment is corrupt."), reasons(journal));
            assertEquals(6, journal.append(round("six")));
        }
        try (Journal second = crashed.open()) {
            assertEquals(List.of("one", "two", "three", "four", "six"), contents(second));
            assertEquals(List.of("Entry 5 is missing."), reasons(second));
        }
    }

    /// Writes twelve entries, four to each of three segments.
    private TestJournal severalSegments() throws IOException {
        TestJournal files = new TestJournal(temp.resolve("several"));
        try (Journal journal = files.open()) {
            for (int i = 0; i < 12; i++) {
                journal.append(round(i + "x".repeat(3900)));
            }
            TestJournal copied = files.copy(temp.resolve("several-crashed"));
            assertEquals(3, copied.segments().size());
            return copied;
        }
    }

    private static List<String> firstLetters(Journal journal) {
        return contents(journal).stream().map(content -> content.substring(0, content.indexOf('x'))).toList();
    }

    @Test
    void reportsAMissingSegment() throws IOException {
        TestJournal corrupt = severalSegments();
        Path missing = corrupt.segments().get(1);
        Files.delete(missing);

        try (Journal journal = corrupt.open()) {
            assertEquals(List.of("0", "1", "2", "3", "8", "9", "10", "11"), firstLetters(journal));
            assertEquals(List.of(missing.getFileName() + ": The segment is missing."),
                    journal.corruptRegions().stream().map(region -> region.file() + ": " + region.reason()).toList());
            assertEquals(13, journal.append(round("goes on")));
        }
    }

    @Test
    void reportsAMissingFirstSegment() throws IOException {
        TestJournal corrupt = severalSegments();
        Files.delete(corrupt.segments().getFirst());

        try (Journal journal = corrupt.open()) {
            assertEquals(List.of("4", "5", "6", "7", "8", "9", "10", "11"), firstLetters(journal));
            assertEquals(List.of("Entries 1 to 4 are missing."), reasons(journal));
        }
    }

    @Test
    void anInvalidTailBeforeAnotherSegmentIsCorrupt() throws IOException {
        TestJournal corrupt = severalSegments();
        Path segment = corrupt.segments().getFirst();
        flip(segment, scan(segment).records().getLast().offset() + 100);

        try (Journal journal = corrupt.open()) {
            assertEquals(List.of("0", "1", "2", "4", "5", "6", "7", "8", "9", "10", "11"), firstLetters(journal));
            assertEquals(List.of("The end of the segment is corrupt."), reasons(journal));
        }
    }

    @Test
    void zerosBeforeAnotherSegmentAreReported() throws IOException {
        TestJournal corrupt = severalSegments();
        Path segment = corrupt.segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        RecordFormat.ValidRecord last = scan(segment).records().getLast();
        Arrays.fill(bytes, last.offset(), last.end(), (byte) 0);
        Files.write(segment, bytes);

        try (Journal journal = corrupt.open()) {
            assertEquals(11, unreleased(journal).size());
            assertEquals(List.of("Entry 4 is missing."), reasons(journal));
        }
    }

    @Test
    void recycledBytesOfAnotherEpochEndTheSegment() throws IOException {
        Path segment = crashed.segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        ByteBuffer stale = ByteBuffer.allocate(RecordFormat.HEADER);
        byte[] payload = "of another epoch".getBytes(StandardCharsets.UTF_8);
        RecordFormat.fill(stale, JournalEntryCodec.ROUND, 42, 6, payload);
        System.arraycopy(stale.array(), 0, bytes, record(4).end(), RecordFormat.HEADER);
        System.arraycopy(payload, 0, bytes, record(4).end() + RecordFormat.HEADER, payload.length);
        Files.write(segment, bytes);

        try (Journal journal = crashed.open()) {
            assertEquals(List.of("one", "two", "three", "four", "five"), contents(journal));
            assertEquals(List.of(), journal.corruptRegions());
        }
        assertEquals(record(4).end(), Files.size(segment));
    }

    /// Otherwise the author of a message could forge journal records.
    @Test
    void aMessageThatImitatesARecordIsNotRecovered() throws IOException {
        TestJournal files = new TestJournal(temp.resolve("forged"));
        ByteBuffer forged = ByteBuffer.allocate(RecordFormat.HEADER);
        RecordFormat.fill(forged, JournalEntryCodec.ROUND, 7, 9, new byte[0]);
        byte[] bytes;
        Path segment;
        try (Journal journal = files.open()) {
            journal.append(round("x".repeat(100)));
            journal.append(round("after"));
        }
        segment = files.segments().getFirst();
        bytes = Files.readAllBytes(segment);
        System.arraycopy(forged.array(), 0, bytes, scan(segment).records().getFirst().end() - 60,
                RecordFormat.HEADER);
        Files.write(segment, bytes);

        try (Journal journal = files.open()) {
            assertEquals(List.of("after"), contents(journal));
            assertEquals(1, journal.corruptRegions().size());
        }
    }

    @Test
    void aTornSlotOfTheCheckpointLeavesTheOther() throws IOException {
        TestJournal files = severalSegments();
        try (Journal journal = files.open()) {
            unreleased(journal).stream().limit(9).forEach(recovered -> journal.release(recovered.lsn()));
        }
        for (int slot : new int[]{0, Checkpoint.SLOT}) {
            TestJournal torn = files.copy(temp.resolve("slot-" + slot));
            flip(torn.folder.resolve(Checkpoint.NAME), slot + 20);

            try (Journal journal = torn.open()) {
                assertTrue(firstLetters(journal).containsAll(List.of("9", "10", "11")));
                assertFalse(firstLetters(journal).contains("7"));
                assertEquals(List.of(), journal.corruptRegions());
            }
        }
    }

    @Test
    void replaysEverythingWithoutACheckpointAndReportsIt() throws IOException {
        TestJournal files = severalSegments();
        Files.delete(files.folder.resolve(Checkpoint.NAME));

        try (Journal journal = files.open()) {
            assertEquals(12, unreleased(journal).size());
            assertEquals(List.of("The checkpoint cannot be read; every existing entry is replayed."), reasons(journal));
        }
    }

    @Test
    void refusesAnotherVersion() throws IOException {
        Path segment = crashed.segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, ChecksummedBlock.BYTES).slice();
        header.putInt(Long.BYTES, 2);
        var crc = new CRC32C();
        crc.update(header.slice(0, ChecksummedBlock.BYTES - Integer.BYTES));
        header.putInt(ChecksummedBlock.BYTES - Integer.BYTES, (int) crc.getValue());
        Files.write(segment, bytes);

        var refusal = assertThrows(JournalException.class, crashed::open);

        assertTrue(message(refusal).contains("version 2"), message(refusal));
        assertThrows(JournalException.class, crashed::open, "the lock is free, and the version the same");
    }
}
