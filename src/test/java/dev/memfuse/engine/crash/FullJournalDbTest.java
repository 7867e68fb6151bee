package dev.memfuse.engine.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.journal.JournalLimits;
import dev.memfuse.engine.journal.JournalSlots;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An engine starts on a journal full of short rounds with a heap that cannot hold them.
class FullJournalDbTest {
    private static final int USERS = 20;
    private static final int WRITERS = 2_000;

    private final Path folder = TestFolders.create();

    /// Fills the journal of a new database.
    private TestServer.TestDatabase fill(int rounds) throws SQLException {
        TestServer.TestDatabase database = TestServer.newDatabase();
        List<SessionKey> sessions = new ArrayList<>();
        try (EngineFixture fixture = EngineFixture.on(database, TestFolders.create())) {
            for (int i = 0; i < USERS; i++) {
                sessions.add(fixture.newSession("user-" + i));
            }
        }
        JournalLimits limits = new JournalLimits(1L << 30, Duration.ofDays(1), 16 << 20, Duration.ZERO);
        try (Journal journal = JournalSlots.open(folder.resolve("journal"), () -> limits);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < WRITERS; writer++) {
                SessionKey session = sessions.get(writer % USERS);
                threads.submit(() -> {
                    for (int i = 0; i < rounds / WRITERS; i++) {
                        journal.append(new JournalEntry.Round(UUID.randomUUID(), session, Instant.now(),
                                List.of(NewMessage.of(Role.USER, "short text")), List.of(2)));
                    }
                });
            }
        }
        return database;
    }

    /// About as many rounds for the heap as 1.85 million for 1 GiB.
    @Test
    @Tag("db")
    void startsOnAJournalThatItsHeapCannotHold() throws Exception {
        int rounds = 200_000;
        TestServer.TestDatabase database = fill(rounds);

        String output = FullJournalChild.run(database, folder, "72m", false);

        assertTrue(output.contains("recovered " + rounds), output);
    }

    /// The default `buffer.journal.max_bytes`: `mvn test-compile surefire:test@slow -Dtest=FullJournalDbTest`
    @Test
    @Tag("slow")
    void startsWithOneGigabyteOnAFullJournalAndStoresIt() throws Exception {
        int rounds = 1_850_000;
        TestServer.TestDatabase database = fill(rounds);

        String output = FullJournalChild.run(database, folder, "1g", true);

        assertTrue(output.contains("recovered " + rounds) && output.contains("left 0"), output);
        try (EngineFixture fixture = EngineFixture.on(database, TestFolders.create())) {
            assertEquals(rounds, fixture.count("SELECT count(*) FROM messages"));
        }
    }
}
