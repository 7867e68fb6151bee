package dev.memfuse.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalSlotsTest {
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
        return journal.recovered().stream().map(found -> found.round().messages().getFirst().content()).toList();
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
            next.recovered().forEach(found -> next.release(found.lsn()));
        }
        try (Journal next = JournalSlots.open(folder, JournalSlotsTest::limits)) {
            assertEquals(List.of(), recovered(next));
        }
    }
}
