package dev.memfuse.engine.journal;

import static dev.memfuse.engine.journal.TestJournal.contents;
import static dev.memfuse.engine.journal.TestJournal.round;
import static dev.memfuse.engine.journal.TestJournal.unreleased;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    @TempDir
    Path temp;
    private TestJournal files;

    @BeforeEach
    void name() {
        files = new TestJournal(temp.resolve("journal"));
    }

    @Test
    void recoversUnreleasedEntriesInOrder() {
        JournalEntry.Round first = round("one", "zwei — 三 🙂");
        JournalEntry.Round second = round("three");
        try (Journal journal = files.open()) {
            assertEquals(1, journal.append(first));
            assertEquals(2, journal.append(second));
            assertEquals(3, journal.append(round("stored")));
            journal.release(3);
            journal.release(3);
            assertEquals(List.of(new RecoveredRound(1, first), new RecoveredRound(2, second)), unreleased(journal));
        }

        try (Journal reopened = files.open()) {
            assertEquals(first, unreleased(reopened).get(0).round());
            assertEquals(second, unreleased(reopened).get(1).round());
            assertEquals(List.of(), reopened.corruptRegions());
            assertEquals(4, reopened.append(round("four")));
        }
    }

    @Test
    void recoversAllAcknowledgedEntriesFromACopyOfAnOpenFolder() throws IOException {
        try (Journal journal = files.open()) {
            for (int i = 0; i < 500; i++) {
                journal.append(round("message " + i));
            }
            TestJournal crashed = files.copy(temp.resolve("crashed"));

            try (Journal reopened = crashed.open()) {
                assertEquals(IntStream.range(0, 500).mapToObj(i -> "message " + i).toList(), contents(reopened));
                assertEquals(List.of(), reopened.corruptRegions());
            }
        }
    }

    @Test
    void recoversSegmentsNamedWithTheDigitsOfAnotherScript() throws IOException {
        try (Journal journal = files.open()) {
            journal.append(round("first"));
        }
        Path segment = files.segments().getFirst();
        String name = segment.getFileName().toString();
        Files.move(segment, segment.resolveSibling(name.replace('0', '\u0660').replace('1', '\u0661')));

        try (Journal journal = files.open()) {
            assertEquals(List.of("first"), contents(journal));
            journal.append(round("second"));
        }
        try (Journal journal = files.open()) {
            assertEquals(List.of("first", "second"), contents(journal));
        }
    }

    @Test
    void releasedEntriesAreNotRecoveredWhateverTheOrderOfRelease() throws InterruptedException {
        try (Journal journal = files.open(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(Collections.nCopies(3000, () -> journal.append(round("m"))));
            LongStream.iterate(3000, i -> i > 0, i -> i - 1).filter(i -> i != 2998).forEach(journal::release);
            assertEquals(1, journal.status().backlogEntries());
            assertEquals(2999, journal.status().released());
        }

        try (Journal reopened = files.open()) {
            assertEquals(List.of(2998L, 2999L, 3000L), unreleased(reopened).stream().map(RecoveredRound::lsn).toList());
            unreleased(reopened).forEach(recovered -> reopened.release(recovered.lsn()));
            assertEquals(List.of(), unreleased(reopened));
        }
        try (Journal third = files.open()) {
            assertEquals(List.of(), unreleased(third));
            assertEquals(3001, third.append(round("next")));
        }
    }

    /// The first force lasts until all writers wait, however fast the disk is.
    @Test
    void manyWritersShareAForce() throws InterruptedException {
        int before = files.disk.forces.get();
        Queue<Long> numbers = new ConcurrentLinkedQueue<>();
        try (Journal journal = files.open()) {
            List<Thread> writers = IntStream.range(0, 2000)
                    .mapToObj(i -> Thread.ofVirtual().unstarted(() -> numbers.add(journal.append(round("w" + i)))))
                    .toList();
            files.disk.fail((call, _) -> call == FaultyDisk.Call.FORCE_DATA && !allWait(writers));
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }

            assertEquals(LongStream.rangeClosed(1, 2000).boxed().toList(), numbers.stream().sorted().toList());
            assertEquals(2000, journal.status().appended());
            int forces = files.disk.forces.get() - before;
            assertTrue(forces < 50, forces + " forces");
        }
        try (Journal reopened = files.open()) {
            assertEquals(2000, Set.copyOf(contents(reopened)).size());
        }
    }

    /// Waits until all writers have begun and none runs: each then waits for a force.
    private static boolean allWait(List<Thread> writers) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (writers.stream().anyMatch(writer -> isRunning(writer.getState()))) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }

    private static boolean isRunning(Thread.State state) {
        return state == Thread.State.NEW || state == Thread.State.RUNNABLE || state == Thread.State.BLOCKED;
    }

    @Test
    void rollsOverSegmentsAndDeletesThoseBelowTheMark() throws IOException {
        try (Journal journal = files.open()) {
            List<Long> numbers = IntStream.range(0, 100).mapToObj(i -> journal.append(round("x".repeat(1000))))
                    .toList();
            int segments = files.segments().size();
            assertTrue(segments >= 6, segments + " segments");
            long disk = journal.status().diskBytes();

            numbers.subList(0, 90).reversed().forEach(journal::release);
            journal.retire(Duration.ofDays(1));

            assertTrue(files.segments().size() <= 2, files.segments().toString());
            assertTrue(journal.status().diskBytes() < disk);
        }
        try (Journal reopened = files.open()) {
            assertEquals(10, unreleased(reopened).size());
            assertEquals(List.of(), reopened.corruptRegions());
        }
    }

    @Test
    void anEntryLargerThanASegmentGetsALargerSegment() {
        String large = "y".repeat(3 << 20);
        try (Journal journal = files.open()) {
            journal.append(round("small"));
            journal.append(round(large));
            journal.append(round("after"));
        }

        try (Journal reopened = files.open()) {
            assertEquals(List.of("small", large, "after"), contents(reopened));
        }
    }

    @Test
    void retiringDeletesAnOldReleasedSegment() throws IOException {
        try (Journal journal = files.open()) {
            long lsn = journal.append(round("a secret to be erased"));
            journal.release(lsn);
            files.nanos.addAndGet(Duration.ofMinutes(9).toNanos());
            journal.retire(Duration.ofMinutes(10));
            assertTrue(onDisk("a secret"));

            files.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            journal.retire(Duration.ofMinutes(10));

            assertFalse(onDisk("a secret"));
            assertEquals(2, journal.append(round("goes on")));
        }
        try (Journal reopened = files.open()) {
            assertEquals(List.of("goes on"), contents(reopened));
            assertEquals(List.of(), reopened.corruptRegions());
        }
    }

    @Test
    void retiringKeepsOldSegmentsUntilTheyAreReleased() throws IOException {
        try (Journal journal = files.open()) {
            long lsn = journal.append(round("a secret"));
            files.nanos.addAndGet(Duration.ofHours(1).toNanos());
            journal.retire(Duration.ofMinutes(10));
            long next = journal.append(round("trickles in"));
            assertTrue(onDisk("a secret"));

            journal.release(lsn);
            journal.retire(Duration.ofMinutes(10));

            assertFalse(onDisk("a secret"));
            journal.release(next);
        }
    }

    /// One message a minute for an hour, stored half a minute after it was added, with the default size of a segment.
    @Test
    void anIdleJournalUsesItsSegmentsAgain() throws IOException {
        long segment = 16L << 20;
        files.limits = new JournalLimits(256L << 20, Duration.ofDays(1), segment, Duration.ZERO);
        try (Journal journal = files.open()) {
            for (int minute = 0; minute < 60; minute++) {
                long lsn = journal.append(round("message " + minute));
                for (int tick = 0; tick < 12; tick++) {
                    files.nanos.addAndGet(Duration.ofSeconds(5).toNanos());
                    if (tick == 6) {
                        journal.release(lsn);
                    }
                    journal.retire(Duration.ofSeconds(60));
                }
            }

            long written = files.disk.written.get();
            assertTrue(written <= 2 * segment + (1 << 20), written + " bytes written in an hour");
            assertFalse(onDisk("message 3"));
        }
    }

    @Test
    void anOutageWithLittleTrafficFillsOneSegmentAfterTheOther() throws IOException {
        files.limits = new JournalLimits(256L << 20, Duration.ofDays(1), 1 << 20, Duration.ZERO);
        try (Journal journal = files.open()) {
            for (int minute = 0; minute < 60; minute++) {
                journal.append(round("message " + minute));
                files.nanos.addAndGet(Duration.ofSeconds(60).toNanos());
                journal.retire(Duration.ofSeconds(60));
            }

            assertTrue(files.segments().size() <= 2, files.segments().size() + " segments");
        }
        try (Journal reopened = files.open()) {
            assertEquals(60, contents(reopened).size());
        }
    }

    /// A crash at any moment of the reuse leaves either the old segment or none.
    @Test
    void aCrashWhileASegmentIsUsedAgainLosesNothing() throws IOException {
        files.limits = new JournalLimits(1L << 30, Duration.ofDays(1), 64 << 10, Duration.ZERO);
        List<TestJournal> crashes = new ArrayList<>();
        try (Journal journal = files.open()) {
            for (int i = 0; i < 3; i++) {
                long lsn = journal.append(round("old " + i));
                journal.release(lsn);
                files.disk.fail((call, file) -> {
                    copyTo(crashes);
                    return false;
                });
                files.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
                journal.retire(Duration.ofMinutes(1));
                journal.append(round("kept " + i));
                files.disk.heal();
            }
        }
        assertTrue(crashes.size() > 20, crashes.size() + " crashes");
        for (TestJournal crash : crashes) {
            try (Journal journal = crash.open()) {
                assertEquals(List.of(), journal.corruptRegions(), crash.folder.toString());
                List<String> contents = contents(journal).stream().filter(text -> text.startsWith("kept")).toList();
                assertEquals(IntStream.range(0, contents.size()).mapToObj(i -> "kept " + i).toList(), contents);
            }
        }
    }

    private synchronized void copyTo(List<TestJournal> crashes) {
        try {
            crashes.add(files.copy(temp.resolve("crash-" + crashes.size())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsRoundsBackFromTheDisk() {
        try (Journal journal = files.open()) {
            List<JournalEntry.Round> rounds = IntStream.range(0, 100)
                    .mapToObj(i -> round("text " + i, "x".repeat(i * 997 + 1))).toList();
            List<Long> numbers = rounds.stream().map(journal::append).toList();
            journal.release(numbers.get(7));
            JournalEntry.Round erased = rounds.get(9);
            journal.append(new JournalEntry.Erasure(erased.session().userId(),
                    Optional.of(erased.session().sessionId()), Set.of(erased.messages().getFirst().id())));

            List<RecoveredRound> read = new ArrayList<>();
            journal.read(LongStream.of(numbers.get(3), numbers.get(7), numbers.get(9), numbers.get(99)), read::add);

            assertEquals(List.of(numbers.get(3), numbers.get(9), numbers.get(99)),
                    read.stream().map(RecoveredRound::lsn).toList());
            assertEquals(rounds.get(3), read.get(0).round());
            assertEquals(erased.messages().subList(1, 2), read.get(1).round().messages());
            assertEquals(rounds.get(99), read.get(2).round());
        }
    }

    @Test
    void aRoundWhoseBytesChangedIsReportedAndReleased() throws IOException {
        try (Journal journal = files.open()) {
            journal.append(round("first"));
            journal.append(round("second"));
            flip(files.segments().getFirst(), ChecksummedBlock.BYTES + RecordFormat.HEADER + 3);

            assertEquals(List.of("second"), contents(journal));
            assertEquals(1, journal.status().backlogEntries());
        }
    }

    /// Changes a byte to another value, whatever it was.
    private static void flip(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            assertEquals(1, channel.read(one, position));
            one.put(0, (byte) ~one.get(0)).rewind();
            channel.write(one, position);
        }
    }

    private boolean onDisk(String text) throws IOException {
        for (Path segment : files.segments()) {
            if (new String(Files.readAllBytes(segment), StandardCharsets.ISO_8859_1).contains(text)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void anErasureRemovesMessagesOfEarlierRoundsOnly() {
        SessionKey session = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
        SessionKey sibling = new SessionKey(session.userId(), UUID.randomUUID());
        SessionKey stranger = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
        JournalEntry.Round partly = round(stranger, "kept", "erased");
        JournalEntry.Round wholly = round(stranger, "erased too");
        try (Journal journal = files.open()) {
            journal.append(round(session, "of the session"));
            journal.append(round(sibling, "of the user"));
            journal.append(partly);
            journal.append(wholly);
            journal.append(new JournalEntry.Erasure(session.userId(), Optional.of(session.sessionId()), Set.of()));
            journal.append(new JournalEntry.Erasure(stranger.userId(), Optional.of(stranger.sessionId()),
                    Set.of(partly.messages().get(1).id(), wholly.messages().get(0).id())));
            journal.append(round(session, "repeated"));
        }

        try (Journal reopened = files.open()) {
            assertEquals(List.of("of the user", "kept", "repeated"), contents(reopened));
            assertEquals(List.of(3), unreleased(reopened).get(1).round().tokens());
            assertEquals(3, reopened.status().backlogEntries());
            reopened.append(new JournalEntry.Erasure(session.userId(), Optional.empty(), Set.of()));
        }
        try (Journal third = files.open()) {
            assertEquals(List.of("kept"), contents(third));
            unreleased(third).forEach(recovered -> third.release(recovered.lsn()));
        }
        try (Journal fourth = files.open()) {
            assertEquals(List.of(), unreleased(fourth));
        }
    }

    @Test
    void creationsAreRecoveredInOrderUntilTheyAreReleasedOrErased() {
        User kept = new User(UUID.randomUUID(), "kept", Instant.EPOCH);
        User erased = new User(UUID.randomUUID(), "erased", Instant.EPOCH);
        Agent agent = new Agent(kept.id(), UUID.randomUUID(), "agent", Instant.EPOCH);
        Session first = new Session(new SessionKey(kept.id(), UUID.randomUUID()), agent.id(), "first", Instant.EPOCH);
        Session second = new Session(new SessionKey(kept.id(), UUID.randomUUID()), agent.id(), "second",
                Instant.EPOCH);
        List<JournalEntry.Creation> remaining = List.of(new JournalEntry.CreatedUser(kept),
                new JournalEntry.CreatedAgent(agent), new JournalEntry.CreatedSession(second));
        try (Journal journal = files.open()) {
            journal.append(remaining.get(0));
            journal.append(new JournalEntry.CreatedUser(erased));
            journal.append(remaining.get(1));
            journal.append(new JournalEntry.CreatedSession(first));
            journal.append(remaining.get(2));
            journal.append(round(second.key(), "of the second"));
            journal.append(new JournalEntry.Erasure(erased.id(), Optional.empty(), Set.of()));
            journal.append(new JournalEntry.Erasure(kept.id(), Optional.of(first.key().sessionId()), Set.of()));
        }

        try (Journal reopened = files.open()) {
            assertEquals(remaining, creations(reopened));
            assertEquals(4, reopened.status().backlogEntries());
            assertEquals(List.of("of the second"), contents(reopened));
            reopened.recoveredCreations().forEach(recovered -> reopened.release(recovered.lsn()));
            reopened.forEachUnreleased(recovered -> reopened.release(recovered.lsn()));
        }
        try (Journal third = files.open()) {
            assertEquals(List.of(), creations(third));
        }
    }

    private static List<JournalEntry.Creation> creations(Journal journal) {
        return journal.recoveredCreations().stream().map(RecoveredCreation::creation).toList();
    }

    @Test
    void aFolderIsOpenedOnce() {
        try (Journal journal = files.open()) {
            var refusal = assertThrows(JournalException.class, files::open);

            assertEquals("The journal in " + files.folder
                    + " is in use by process " + ProcessHandle.current().pid()
                    + ". Stop that one, or start with another folder.",
                    refusal.getMessage());
            journal.append(round("undisturbed"));
        }
        files.open().close();
    }

    @Test
    void refusesAppendsAfterItIsClosed() {
        Journal journal = files.open();
        journal.close();
        journal.close();

        var refusal = assertThrows(JournalException.class, () -> journal.append(round("late")));

        assertEquals("The journal in " + files.folder + " is closed.", refusal.getMessage());
    }

    @Test
    void statusMeasuresTheAgeByTheMonotonicClock() {
        try (Journal journal = files.open()) {
            long first = journal.append(round("one"));
            files.nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            journal.append(round("two"));
            files.now = files.now.minusSeconds(3600);

            JournalStatus status = journal.status();
            assertEquals(2, status.backlogEntries());
            assertEquals(Duration.ofSeconds(5), status.oldestAge());
            assertEquals(2, status.force().count());
            assertEquals(Optional.empty(), status.failure());

            journal.release(first);
            assertEquals(Duration.ZERO, journal.status().oldestAge());
            assertEquals(1, journal.status().released());
        }
    }

    /// Otherwise a clock that jumps while the program is off would refuse all writers after a start.
    @ParameterizedTest
    @ValueSource(longs = {-3_600, 0, 60, 3_600, 86_400 * 400})
    void theAgeOfRecoveredEntriesCountsFromTheOpeningWhateverTheWallClockSays(long step) {
        try (Journal journal = files.open()) {
            journal.append(round("one"));
        }
        files.now = files.now.plusSeconds(step);
        try (Journal reopened = files.open()) {
            assertEquals(Duration.ZERO, reopened.status().oldestAge());
            reopened.append(round("two"));
            files.now = files.now.plusSeconds(step);
            files.nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            assertEquals(Duration.ofSeconds(5), reopened.status().oldestAge());
        }
    }
}
