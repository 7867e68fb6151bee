package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.engine.journal.JournalException;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Durability of acknowledgements, and the effect of each key of the journal.
@Tag("db")
class DurabilityDbTest {
    private static final String BUFFERED = "buffer.bypass_mode=false";
    private static final String NO_TIMERS = "buffer.performance.enable_auto_flush=false";

    private static List<String> contents(List<Message> messages) {
        return messages.stream().map(Message::content).toList();
    }

    private static long stored(EngineFixture fixture) throws Exception {
        return fixture.count("SELECT count(*) FROM messages");
    }

    @Test
    void eachDurabilityGivesItsAcknowledgement() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(BUFFERED, NO_TIMERS)) {
            SessionKey session = fixture.newSession("alice");

            assertEquals(Acknowledgement.JOURNALED,
                    fixture.engine().addBatch(session, messages("one")).acknowledgement());
            assertEquals(0, stored(fixture));
            assertEquals(1, fixture.journal().status().backlogEntries());

            fixture.set("buffer.durability=memory");
            assertEquals(Acknowledgement.MEMORY, fixture.engine().addBatch(session, messages("two")).acknowledgement());
            assertEquals(0, stored(fixture));
            assertEquals(1, fixture.journal().status().backlogEntries());

            fixture.set("buffer.durability=database");
            assertEquals(Acknowledgement.COMMITTED,
                    fixture.engine().addBatch(session, messages("three")).acknowledgement());
            assertEquals(3, stored(fixture), "earlier buffered messages are stored with it");
            assertEquals(0, fixture.journal().status().backlogEntries());
        }
    }

    @Test
    void theJournalAcceptsABatchWithPartlyCountedTokens() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(BUFFERED, NO_TIMERS, "buffer.round_buffer.max_tokens=10")) {
            SessionKey session = fixture.newSession("alice");
            String[] sentences = Stream.generate(() -> "Counting stops where the limit is passed.").limit(5)
                    .toArray(String[]::new);

            fixture.engine().addBatch(session, messages(sentences));
            fixture.engine().flush();

            assertEquals(5, stored(fixture));
            long counted = fixture.count("SELECT count(token_count) FROM messages");
            assertTrue(counted > 0 && counted < 5, "some were counted: " + counted);
        }
    }

    @Test
    void recoveryDoesNotRestoreADeletedMessage() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(BUFFERED, NO_TIMERS,
                "buffer.performance.shutdown_timeout=0")) {
            SessionKey session = fixture.newSession("alice");
            AddResult added = fixture.engine().addBatch(session, messages("kept", "deleted"));
            fixture.engine().deleteMessages(session, List.of(added.messageIds().getLast()));
            try (Connection blocker = fixture.connect()) {
                blocker.setAutoCommit(false);
                blocker.createStatement().execute("LOCK TABLE messages IN EXCLUSIVE MODE");
                fixture.restart();
                assertEquals(List.of("kept"), contents(fixture.engine().messages(session, 10, Order.OLDEST_FIRST)));
            }
            fixture.engine().flush();
            assertEquals(List.of("kept"),
                    contents(fixture.store().messages().ofSession(session, 10, Order.OLDEST_FIRST)));
        }
    }

    /// Shutdown of a program whose tables are locked.
    @Test
    void messagesNotStoredWithinTheShutdownTimeoutAreStoredAtTheNextStart() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(BUFFERED, NO_TIMERS,
                "buffer.performance.shutdown_timeout=0.2")) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, messages("one"));
            try (Connection blocker = fixture.connect()) {
                blocker.setAutoCommit(false);
                blocker.createStatement().execute("LOCK TABLE messages IN EXCLUSIVE MODE");
                fixture.restart();
                assertEquals(0, stored(fixture));
                assertEquals(List.of("one"), contents(fixture.engine().messages(session, 10, Order.OLDEST_FIRST)));
            }
            fixture.set("buffer.performance.shutdown_timeout=30");
            fixture.engine().addBatch(session, messages("two"));
            fixture.restart();
            assertEquals(2, stored(fixture));
        }
    }

    @Test
    void aboveMaxBytesTheJournalRefusesAfterThePatienceOfTheWriter() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(BUFFERED, NO_TIMERS, "buffer.journal.max_bytes=1048576",
                "buffer.journal.patience=0")) {
            SessionKey session = fixture.newSession("alice");
            String text = "x".repeat(400_000);
            fixture.engine().addBatch(session, messages(text));
            fixture.engine().addBatch(session, messages(text));

            JournalException refused = assertThrows(JournalException.class,
                    () -> fixture.engine().addBatch(session, messages(text)));
            assertTrue(String.valueOf(refused.getMessage()).contains("buffer.journal.max_bytes"), refused.toString());

            fixture.set("buffer.journal.max_bytes=4194304");
            assertEquals(Acknowledgement.JOURNALED,
                    fixture.engine().addBatch(session, messages(text)).acknowledgement());
        }
    }

    @Test
    void aBlockedWriterContinuesWhenTheJournalHasRoom() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(BUFFERED, NO_TIMERS, "buffer.journal.max_bytes=1048576",
                "buffer.journal.patience=600")) {
            SessionKey session = fixture.newSession("alice");
            String text = "x".repeat(700_000);
            fixture.engine().addBatch(session, messages(text));
            Thread writer = Thread.ofVirtual().start(() -> fixture.engine().addBatch(session, messages(text)));
            await("the writer waits", () -> writer.getState() == Thread.State.WAITING
                    || writer.getState() == Thread.State.TIMED_WAITING);

            fixture.engine().flush();
            writer.join();
            fixture.engine().flush();
            assertEquals(2, stored(fixture));
        }
    }

    @Test
    void entriesOlderThanMaxAgeMakeTheJournalRefuse() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(BUFFERED, NO_TIMERS, "buffer.journal.max_age=1",
                "buffer.journal.patience=0")) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, messages("old"));
            await("older than a second", () -> fixture.journal().status().oldestAge().toMillis() > 1_000);

            JournalException refused = assertThrows(JournalException.class,
                    () -> fixture.engine().addBatch(session, messages("new")));
            assertTrue(String.valueOf(refused.getMessage()).contains("buffer.journal.max_age"), refused.toString());

            fixture.engine().flush();
            assertEquals(Acknowledgement.JOURNALED,
                    fixture.engine().addBatch(session, messages("new")).acknowledgement());
        }
    }

    @Test
    void segmentsHaveTheConfiguredSize() throws Exception {
        try (EngineFixture small = EngineFixture.start(BUFFERED, "buffer.journal.segment_bytes=131072");
                EngineFixture large = EngineFixture.start(BUFFERED, "buffer.journal.segment_bytes=1048576")) {
            small.engine().addBatch(small.newSession("alice"), messages("one"));
            large.engine().addBatch(large.newSession("alice"), messages("one"));

            assertEquals(131_072, largestFile(small.folder()));
            assertEquals(1_048_576, largestFile(large.folder()));
        }
    }

    private static long largestFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("journal"))) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).max().orElse(0);
        }
    }

    @Test
    void storedAndDeletedTextsLeaveTheDiskWithinTheConfiguredTime() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(BUFFERED, NO_TIMERS, "buffer.journal.retire_after=0.1")) {
            SessionKey session = fixture.newSession("alice");
            AddResult added = fixture.engine().addBatch(session, messages("a secret in the journal", "kept"));
            assertTrue(onDisk(fixture, "a secret in the journal"));

            fixture.engine().deleteMessages(session, List.of(added.messageIds().getFirst()));
            fixture.engine().flush();
            await("the text is gone from the disk", () -> !onDisk(fixture, "a secret in the journal"));
            assertFalse(onDisk(fixture, "kept"));
        }
    }

    private static boolean onDisk(EngineFixture fixture, String text) {
        try (Stream<Path> files = Files.walk(fixture.folder().resolve("journal"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // A file was deleted during the search.
            return true;
        }
    }
}
