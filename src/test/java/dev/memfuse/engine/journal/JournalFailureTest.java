package dev.memfuse.engine.journal;

import static dev.memfuse.engine.journal.TestJournal.contents;
import static dev.memfuse.engine.journal.TestJournal.message;
import static dev.memfuse.engine.journal.TestJournal.round;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Limits, a failing disk, and a full disk.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JournalFailureTest {
    @TempDir
    Path temp;
    private TestJournal files;

    @BeforeEach
    void name() {
        files = new TestJournal(temp.resolve("journal"));
    }

    private static boolean isSegment(Path file) {
        return Segment.isSegment(file.getFileName().toString());
    }

    private static JournalLimits bytes(long bytes, Duration appendTimeout) {
        return new JournalLimits(bytes, Duration.ofMinutes(1), 16 << 10, appendTimeout);
    }

    @Test
    void refusesAnEntryBeyondTheBytesAndTakesItAfterARelease() {
        files.limits = bytes(2000, Duration.ZERO);
        try (Journal journal = files.open()) {
            long first = journal.append(round("x".repeat(1500)));
            long size = journal.status().backlogBytes();
            files.nanos.addAndGet(Duration.ofSeconds(7).toNanos());

            var failure = assertThrows(JournalException.class, () -> journal.append(round("y".repeat(1500))));

            assertEquals("The journal in " + files.folder + " is full: 1 rounds of " + size
                    + " bytes wait for the database, the oldest for 7 s, and buffer.journal.max_bytes allows 2000"
                    + " bytes. The message was not acknowledged; try again when the database has caught up, or raise"
                    + " the limit.", message(failure));
            journal.release(first);
            assertEquals(2, journal.append(round("y".repeat(1500))));
        }
    }

    @Test
    void refusesEntriesWhileTheOldestIsTooOld() {
        files.limits = bytes(1 << 20, Duration.ZERO);
        try (Journal journal = files.open()) {
            long first = journal.append(round("one"));
            files.nanos.addAndGet(Duration.ofSeconds(61).toNanos());

            var failure = assertThrows(JournalException.class, () -> journal.append(round("two")));

            assertTrue(message(failure).contains("the oldest for 61 s, and buffer.journal.max_age allows 60 s"),
                    message(failure));
            assertEquals(2, journal.append(
                    new JournalEntry.Erasure(TestJournal.SESSION.userId(), Optional.empty(), Set.of())));
            journal.release(first);
            assertEquals(3, journal.append(round("two")));
        }
    }

    @Test
    void refusesAnEntryThatCanNeverFitAtOnce() {
        files.limits = bytes(1000, Duration.ofDays(1));
        try (Journal journal = files.open()) {
            var failure = assertThrows(JournalException.class, () -> journal.append(round("x".repeat(1000))));

            assertTrue(message(failure).contains("is too large for the journal"), message(failure));
        }
    }

    @Test
    void anAppendWaitsForRoomWithinItsTimeout() throws Exception {
        files.limits = bytes(2000, Duration.ofDays(1));
        try (Journal journal = files.open(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long first = journal.append(round("x".repeat(1500)));
            var running = new CompletableFuture<Void>();
            Future<Long> waiting = threads.submit(() -> {
                running.complete(null);
                return journal.append(round("y".repeat(1500)));
            });
            running.join();

            journal.release(first);

            assertEquals(2, waiting.get());
        }
    }

    @Test
    void raisingALimitContinuesWaitingAppends() throws Exception {
        files.limits = bytes(2000, Duration.ofDays(1));
        try (Journal journal = files.open(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            journal.append(round("x".repeat(1500)));
            Future<Long> waiting = threads.submit(() -> journal.append(round("y".repeat(1500))));

            files.limits = bytes(1 << 20, Duration.ZERO);

            assertEquals(2, waiting.get());
        }
    }

    private void assertFailed(Journal journal, String call) {
        String sentence = "The journal in " + files.folder + " could not be written: failure at " + call
                + ". Nothing is acknowledged until a restart; check the disk, then restart.";
        files.disk.heal();

        var later = assertThrows(JournalException.class, () -> journal.append(round("later")));

        assertEquals(sentence, later.getMessage());
        assertEquals(Optional.of(sentence), journal.status().failure());
        assertEquals(1, journal.status().backlogEntries());
        assertThrows(JournalException.class, () -> journal.retire(Duration.ZERO));
    }

    @Test
    void acknowledgesNothingAfterAFailedForce() {
        try (Journal journal = files.open()) {
            journal.append(round("safe"));
            files.disk.fail((call, file) -> call == FaultyDisk.Call.FORCE_DATA && isSegment(file));

            assertThrows(JournalException.class, () -> journal.append(round("not forced")));

            assertFailed(journal, "FORCE_DATA");
        }
        try (Journal second = files.open()) {
            assertEquals("safe", contents(second).getFirst());
            assertEquals(Optional.empty(), second.status().failure());
            second.append(round("works"));
        }
    }

    @Test
    void acknowledgesNothingAfterAFailedWrite() {
        try (Journal journal = files.open()) {
            journal.append(round("safe"));
            files.disk.fail((call, file) -> call == FaultyDisk.Call.WRITE);

            assertThrows(JournalException.class, () -> journal.append(round("not written")));

            assertFailed(journal, "WRITE");
        }
        try (Journal second = files.open()) {
            assertEquals(List.of("safe"), contents(second));
        }
    }

    @Test
    void acknowledgesNothingAfterAFailedForceOfTheFolder() {
        try (Journal journal = files.open()) {
            journal.append(round("safe"));
            files.disk.fail((call, file) -> call == FaultyDisk.Call.FORCE_FOLDER);

            assertThrows(JournalException.class, () -> journal.append(round("x".repeat(17 << 10))));

            assertFailed(journal, "FORCE_FOLDER");
        }
        try (Journal second = files.open()) {
            assertEquals(List.of("safe"), contents(second));
        }
    }

    @Test
    void everyPendingAppendFailsWithTheForce() throws InterruptedException {
        try (Journal journal = files.open(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            journal.append(round("safe"));
            files.disk.fail((call, file) -> call == FaultyDisk.Call.FORCE_DATA);
            List<Future<Long>> appends = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                appends.add(threads.submit(() -> journal.append(round("lost"))));
            }
            threads.shutdown();

            assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));

            assertTrue(appends.stream().allMatch(append -> append.state() == Future.State.FAILED));
            assertFailed(journal, "FORCE_DATA");
        }
    }

    @Test
    void theFolderIsForcedForEachSegment() throws IOException {
        try (Journal journal = files.open()) {
            int before = files.disk.folders.get();
            for (int i = 0; i < 12; i++) {
                journal.append(round("x".repeat(3900)));
            }

            assertEquals(files.segments().size(), files.disk.folders.get() - before);
            assertEquals(3, files.segments().size());
        }
    }

    @Test
    void aFullDiskAtANewSegmentRefusesOnlyThatAppend() throws IOException {
        try (Journal journal = files.open()) {
            journal.append(round("safe"));
            files.disk.fail((call, file) -> call == FaultyDisk.Call.WRITE && file.endsWith(PreallocatedSegment.NAME));

            var failure = assertThrows(JournalException.class, () -> journal.append(round("x".repeat(30 << 10))));

            assertTrue(message(failure).startsWith("The journal in " + files.folder
                    + " could not get a new segment of "), message(failure));
            assertEquals(0, Files.size(files.folder.resolve(PreallocatedSegment.NAME)));
            assertEquals(2, journal.append(round("fits into the segment that is there")));
            files.disk.heal();
            assertEquals(3, journal.append(round("x".repeat(30 << 10))));
        }
    }

    @Test
    void anAppendWaitsForAFullDiskWithinItsTimeout() throws Exception {
        files.limits = bytes(1 << 20, Duration.ofDays(1));
        var tried = new CompletableFuture<Void>();
        try (Journal journal = files.open(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            journal.append(round("safe"));
            files.disk.fail((call, file) -> {
                boolean full = file.endsWith(PreallocatedSegment.NAME) && call == FaultyDisk.Call.WRITE;
                return full && (tried.complete(null) || tried.isDone());
            });
            Future<Long> waiting = threads.submit(() -> journal.append(round("x".repeat(30 << 10))));
            tried.join();

            files.disk.heal();

            assertEquals(2, waiting.get());
        }
    }

    /// The preallocated segment is a link to `/dev/full`, a Linux device that fails each write as a full disk does.
    @Test
    void reportsAFullDiskAndContinuesWhenItHasRoom() throws IOException {
        Files.createDirectories(files.folder);
        Path spare = files.folder.resolve(PreallocatedSegment.NAME);
        Files.createSymbolicLink(spare, Path.of("/dev/full"));
        try (Journal journal = files.open()) {
            var failure = assertThrows(JournalException.class, () -> journal.append(round("one")));

            assertTrue(message(failure).contains("No space left on device"), message(failure));
            assertEquals(Optional.empty(), journal.status().failure());
            assertEquals(0, journal.status().backlogEntries());

            Files.delete(spare);

            assertEquals(1, journal.append(round("one")));
        }
        try (Journal second = files.open()) {
            assertEquals(List.of("one"), contents(second));
        }
    }

    @Test
    void aFailedCheckpointDeletesNothing() throws IOException {
        try (Journal journal = files.open()) {
            long lsn = journal.append(round("one"));
            journal.release(lsn);
            files.disk.fail((call, file) -> call == FaultyDisk.Call.WRITE && file.endsWith(Checkpoint.NAME));

            assertThrows(JournalException.class, () -> journal.retire(Duration.ZERO));

            assertEquals(1, files.segments().size());
            files.disk.heal();
            journal.retire(Duration.ZERO);
            assertEquals(0, files.segments().size());
            assertEquals(2, journal.append(round("two")));
        }
    }
}
