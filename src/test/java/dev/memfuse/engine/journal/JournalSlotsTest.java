package dev.memfuse.engine.journal;

import static dev.memfuse.engine.journal.TestJournal.unreleased;
import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalSlotsTest {
    /// Three batches of at most 4,096 entries, and four segments, each of which is forced before the next one.
    private static final int MAX_FORCES = 3 + 4;

    private static JournalLimits limits() {
        return new JournalLimits(1 << 20, Duration.ofHours(1), 1 << 16, Duration.ofSeconds(1));
    }

    @TempDir
    private Path folder;

    private static JournalEntry.Round round(String content) {
        SessionKey session = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
        return new JournalEntry.Round(UUID.randomUUID(), session, Instant.EPOCH,
                List.of(NewMessage.of(Role.USER, content)), List.of());
    }

    private static List<String> recovered(Journal journal) {
        return unreleased(journal).stream().map(found -> found.round().messages().getFirst().content()).toList();
    }

    @Test
    void twoProcessesHaveSeparateJournals() {
        try (Journal first = JournalSlots.open(folder, JournalSlotsTest::limits);
                Journal second = JournalSlots.open(folder, JournalSlotsTest::limits)) {
            first.append(round("first"));
            second.append(round("second"));
        }
        try (Journal next = JournalSlots.open(folder, JournalSlotsTest::limits)) {
            assertEquals(List.of("first", "second"), recovered(next));
        }
    }

    @Test
    void takesOverEntriesOfADeadProcessAndKeepsThemUntilReleased() {
        try (Journal first = JournalSlots.open(folder, JournalSlotsTest::limits)) {
            try (Journal dead = JournalSlots.open(folder, JournalSlotsTest::limits)) {
                dead.append(round("left behind"));
            }
            assertEquals(List.of(), recovered(first));
        }
        for (int i = 0; i < 2; i++) {
            try (Journal next = JournalSlots.open(folder, JournalSlotsTest::limits)) {
                assertEquals(List.of("left behind"), recovered(next));
            }
        }
        try (Journal next = JournalSlots.open(folder, JournalSlotsTest::limits)) {
            unreleased(next).forEach(found -> next.release(found.lsn()));
        }
        try (Journal next = JournalSlots.open(folder, JournalSlotsTest::limits)) {
            assertEquals(List.of(), recovered(next));
        }
    }

    /// Fills slot 1 with rounds and leaves slot 0 empty.
    private void abandon(int rounds) {
        try (Journal _ = JournalSlots.open(folder, JournalSlotsTest::limits);
                Journal dead = open(folder.resolve("1"), new FaultyDisk());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < rounds; i++) {
                String text = "left behind " + i;
                threads.submit(() -> dead.append(round(text)));
            }
        }
    }

    @Test
    void takesOverMoreThanItsLimitsAllow() {
        abandon(20);
        JournalLimits tight = new JournalLimits(200, Duration.ZERO, 1 << 16, Duration.ZERO);

        try (Journal next = JournalSlots.open(folder, () -> tight)) {
            assertEquals(20, recovered(next).size());
            assertThrows(JournalException.class, () -> next.append(round("new")));
            unreleased(next).forEach(round -> next.release(round.lsn()));
            next.append(round("x"));
        }
    }

    @Test
    void forcesOnceForManyRoundsThatItTakesOver() {
        abandon(10_000);
        var disk = new FaultyDisk();
        try (Journal next = open(folder.resolve("0"), disk);
                Journal abandoned = open(folder.resolve("1"), new FaultyDisk())) {
            int before = disk.forces.get();
            next.adopt(abandoned);

            int forces = disk.forces.get() - before;
            assertTrue(forces <= MAX_FORCES, forces + " forces");
            assertEquals(10_000, recovered(next).size());
            assertEquals(List.of(), recovered(abandoned));
        }
    }

    @Test
    void forcesOnceForManyCreationsThatItTakesOver() {
        try (Journal dead = open(folder.resolve("1"), new FaultyDisk());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5_000; i++) {
                User user = new User(UUID.randomUUID(), "user " + i, Instant.EPOCH);
                threads.submit(() -> dead.append(new JournalEntry.CreatedUser(user)));
            }
        }
        var disk = new FaultyDisk();
        try (Journal next = open(folder.resolve("0"), disk);
                Journal abandoned = open(folder.resolve("1"), new FaultyDisk())) {
            int before = disk.forces.get();
            next.adopt(abandoned);

            int forces = disk.forces.get() - before;
            assertTrue(forces <= MAX_FORCES, forces + " forces");
            assertEquals(5_000, next.recoveredCreations().size());
            assertEquals(0, abandoned.status().backlogEntries());
        }
    }

    private static Journal open(Path folder, FaultyDisk disk) {
        return Journal.open(new JournalSetup(folder,
                () -> new JournalLimits(1 << 30, Duration.ofHours(1), 1 << 20, Duration.ofSeconds(1)),
                InstantSource.system(), System::nanoTime, disk));
    }

    @Test
    void aJournalThatCannotBeTakenOverDoesNotPreventTheStart() throws IOException {
        abandon(3);
        Path checkpoint = folder.resolve("1").resolve(Checkpoint.NAME);
        byte[] bytes = Files.readAllBytes(checkpoint);
        Files.delete(checkpoint);
        Files.createDirectory(checkpoint);

        try (Journal next = JournalSlots.open(folder, JournalSlotsTest::limits)) {
            assertEquals(List.of(), recovered(next));
            next.append(round("works"));
        }

        Files.delete(checkpoint);
        Files.write(checkpoint, bytes);
        try (Journal next = JournalSlots.open(folder, JournalSlotsTest::limits)) {
            assertEquals(4, recovered(next).size());
        }
    }

    /// A list of the slots that cannot be read, and a checkpoint that cannot be written.
    @Test
    void aFailedStartReleasesLockAndThreads() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        var disk = new FaultyDisk();
        for (FaultyDisk.Call call : List.of(FaultyDisk.Call.WRITE, FaultyDisk.Call.FORCE_ALL,
                FaultyDisk.Call.FORCE_FOLDER)) {
            disk.fail((made, _) -> made == call);
            assertThrows(JournalException.class, () -> open(folder.resolve("0"), disk));
        }
        disk.heal();
        open(folder.resolve("0"), disk).close();
        await("the threads of the journal end", () -> Thread.getAllStackTraces().keySet().stream()
                .allMatch(thread -> before.contains(thread) || !thread.getName().startsWith("engine-journal")));
    }
}
