package dev.memfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The limits of the size of messages and batches hold on every path, before the journal, and whatever they permit is
/// stored in one piece.
@Tag("db")
class SizeLimitsDbTest {
    private static final String BYPASS = "buffer.bypass_mode=true";
    private static final String JOURNAL = "buffer.bypass_mode=false buffer.durability=journal";
    private static final String MEMORY = "buffer.bypass_mode=false buffer.durability=memory";
    private static final String DATABASE = "buffer.bypass_mode=false buffer.durability=database";
    /// Characters that text forms of arrays and JSON escape, and one of two bytes.
    private static final String UNIT = "\"\\{},' word é ";

    private static EngineFixture start(String path, String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(path.split(" ")));
        all.addAll(List.of(settings));
        return EngineFixture.start(all.toArray(String[]::new));
    }

    private static InvalidValueException refused(EngineFixture fixture, SessionKey session, String... contents) {
        InvalidValueException refusal = assertThrows(InvalidValueException.class,
                () -> fixture.engine().addBatch(session, EngineFixture.messages(contents)));
        assertEquals(0, fixture.journal().status().appended(), "appended to the journal");
        assertEquals(List.of(), fixture.engine().messages(session, 10, Order.OLDEST_FIRST));
        return refusal;
    }

    @ParameterizedTest
    @ValueSource(strings = {BYPASS, JOURNAL, MEMORY, DATABASE})
    void aLongerMessageThanMaxMessageBytesIsRefused(String path) throws Exception {
        try (EngineFixture fixture = start(path, "buffer.max_message_bytes=2000")) {
            SessionKey session = fixture.newSession("Ann");

            InvalidValueException refusal = refused(fixture, session, "short", "é".repeat(1_000) + "x");
            assertEquals("messages[1].content", refusal.field());
            assertEquals("messages[1].content has 2001 bytes in UTF-8, and buffer.max_message_bytes allows 2000. "
                    + "Split the text, or raise the limit.", refusal.getMessage());

            fixture.engine().addBatch(session, EngineFixture.messages("é".repeat(1_000)));
            fixture.set("buffer.max_message_bytes=2001");
            fixture.engine().addBatch(session, EngineFixture.messages("é".repeat(1_000) + "x"));
            fixture.engine().flush();
            assertEquals(2, fixture.count("SELECT count(*) FROM messages"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BYPASS, JOURNAL, MEMORY, DATABASE})
    void aLargerBatchThanMaxBatchBytesIsRefused(String path) throws Exception {
        try (EngineFixture fixture = start(path, "buffer.max_batch_bytes=1024")) {
            SessionKey session = fixture.newSession("Ann");
            String[] fitting = IntStream.range(0, 8).mapToObj(_ -> "x".repeat(64)).toArray(String[]::new);
            String[] larger = fitting.clone();
            larger[7] += "x";

            InvalidValueException refusal = refused(fixture, session, larger);
            assertEquals("messages", refusal.field());
            assertTrue(String.valueOf(refusal.getMessage()).contains("1025 bytes"), refusal.getMessage());
            assertTrue(String.valueOf(refusal.getMessage()).contains("buffer.max_batch_bytes allows 1024"),
                    refusal.getMessage());

            fixture.engine().addBatch(session, EngineFixture.messages(fitting));
            fixture.engine().flush();
            assertEquals(8, fixture.count("SELECT count(*) FROM messages"));
        }
    }

    @Test
    void aBatchThatTheJournalCouldNeverHoldIsRefusedAtOnce() throws Exception {
        try (EngineFixture fixture = start(JOURNAL, "buffer.journal.max_bytes=1048576")) {
            SessionKey session = fixture.newSession("Ann");

            InvalidValueException refusal = refused(fixture, session, "x".repeat(1 << 20));
            assertTrue(String.valueOf(refusal.getMessage()).contains("buffer.journal.max_bytes 1048576"),
                    refusal.getMessage());
            String largest = "x".repeat((1 << 20) - 256 - 64);
            refused(fixture, session, largest + "x");
            fixture.engine().addBatch(session, EngineFixture.messages(largest));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BYPASS, JOURNAL, MEMORY, DATABASE, BYPASS + " queries.consolidated=false"})
    void aBatchOfTheDefaultLimitsIsStoredInOnePiece(String path) throws Exception {
        try (EngineFixture fixture = start(path)) {
            SessionKey session = fixture.newSession("Ann");
            String[] contents = IntStream.range(0, 15).mapToObj(i -> i + text(1 << 20)).toArray(String[]::new);
            List<NewMessage> batch = EngineFixture.messages(contents);

            fixture.engine().addBatch(session, batch);
            fixture.engine().flush();

            assertStored(batch, fixture, session);
            assertEquals(1, fixture.count("SELECT count(*) FROM rounds"));
        }
    }

    /// Together they exceed what one statement takes.
    @Test
    void severalRoundsOfTheHighestLimitsAreStoredTogether() throws Exception {
        try (EngineFixture fixture = start(JOURNAL, "buffer.max_message_bytes=16777216",
                "buffer.max_batch_bytes=33554432", "buffer.performance.enable_auto_flush=false",
                "buffer.hybrid_buffer.max_size=100")) {
            SessionKey session = fixture.newSession("Ann");
            List<NewMessage> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String half = " ".repeat((1 << 24) - 65);
                List<NewMessage> batch = EngineFixture.messages(i + half, half + i);
                fixture.engine().addBatch(session, batch);
                all.addAll(batch);
            }
            fixture.engine().flush();

            assertStored(all, fixture, session);
            assertEquals(3, fixture.count("SELECT count(*) FROM rounds"));
        }
    }

    private static String text(int bytes) {
        int unitBytes = UNIT.length() + 1;
        return UNIT.repeat((bytes - 2) / unitBytes);
    }

    private static void assertStored(List<NewMessage> expected, EngineFixture fixture, SessionKey session) {
        List<Message> found = fixture.engine().messages(session, 10_000, Order.OLDEST_FIRST);
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            // Not assertEquals, whose message would repeat megabytes.
            assertTrue(expected.get(i).content().equals(found.get(i).content()), "content of message " + i);
            assertEquals(Message.Origin.DATABASE, found.get(i).origin());
        }
    }
}
