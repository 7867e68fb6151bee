package dev.memfuse.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import com.sun.management.ThreadMXBean;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import org.junit.jupiter.api.Test;

class JournalEntryCodecTest {
    private static final Instant AT = Instant.parse("1969-12-31T23:59:59.999999Z");

    /// Far more than an entry of the tests and an exception need, and far less than an unchecked count would reserve.
    private static final long MAX_ALLOCATED_BYTES = 64 << 10;

    private static JournalEntry roundTrip(JournalEntry entry) throws JournalEntryCodec.MalformedException {
        return JournalEntryCodec.decode(JournalEntryCodec.type(entry),
                ByteBuffer.wrap(JournalEntryCodec.encode(entry)));
    }

    private static JournalEntry.Round everyRole(List<Integer> tokens) {
        return new JournalEntry.Round(UUID.randomUUID(), TestJournal.SESSION, AT, Arrays.stream(Role.values())
                .map(role -> new NewMessage(UUID.randomUUID(), role, "ünï🙂 " + role, AT)).toList(), tokens);
    }

    @Test
    void roundsSurviveARoundTrip() throws JournalEntryCodec.MalformedException {
        for (List<Integer> tokens : List.of(List.of(1, 0, 700_000), List.of(1), List.<Integer>of())) {
            JournalEntry.Round round = everyRole(tokens);

            assertEquals(round, roundTrip(round));
        }
    }

    @Test
    void erasuresSurviveARoundTrip() throws JournalEntryCodec.MalformedException {
        UUID user = UUID.randomUUID();
        Optional<UUID> session = Optional.of(UUID.randomUUID());
        for (JournalEntry erasure : List.of(new JournalEntry.Erasure(user, Optional.empty(), Set.of()),
                new JournalEntry.Erasure(user, session, Set.of()),
                new JournalEntry.Erasure(user, session, Set.of(new UUID(1, 2), new UUID(3, 4))))) {
            assertEquals(erasure, roundTrip(erasure));
        }
    }

    @Test
    void creationsSurviveARoundTrip() throws JournalEntryCodec.MalformedException {
        UUID user = UUID.randomUUID();
        UUID agent = UUID.randomUUID();
        for (JournalEntry creation : List.of(new JournalEntry.CreatedUser(new User(user, "Zoë 🙂", AT)),
                new JournalEntry.CreatedAgent(new Agent(user, agent, "agent", AT)), new JournalEntry.CreatedSession(
                        new Session(new SessionKey(user, UUID.randomUUID()), agent, "session", AT)))) {
            assertEquals(creation, roundTrip(creation));
        }
    }

    @Test
    void refusesTruncatedAndTrailingBytes() {
        byte[] bytes = JournalEntryCodec.encode(everyRole(List.of(1, 2, 3)));
        for (int length = 0; length < bytes.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(Arrays.copyOf(bytes, length));
            assertThrows(JournalEntryCodec.MalformedException.class,
                    () -> JournalEntryCodec.decode(JournalEntryCodec.ROUND, part));
        }
        ByteBuffer more = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 1));
        assertThrows(JournalEntryCodec.MalformedException.class,
                () -> JournalEntryCodec.decode(JournalEntryCodec.ROUND, more));
    }

    /// A count of two billion in a small entry must not reserve gigabytes.
    @Test
    void anInvalidCountIsRefusedBeforeItsMemoryIsAllocated() {
        byte[] bytes = JournalEntryCodec.encode(everyRole(List.of(1, 2, 3)));
        int refused = 0;
        for (int offset = 0; offset + Integer.BYTES <= bytes.length; offset++) {
            byte[] invalid = bytes.clone();
            ByteBuffer.wrap(invalid).putInt(offset, Integer.MAX_VALUE);
            boolean[] decoded = {true};
            long allocated = allocatedBytes(() -> decoded[0] = decode(invalid).isPresent());
            assertTrue(allocated <= MAX_ALLOCATED_BYTES, allocated + " bytes allocated for a count at " + offset);
            refused += decoded[0] ? 0 : 1;
        }
        // One count of messages, one of tokens, and the lengths of three contents.
        assertTrue(refused >= 5 * Integer.BYTES, refused + " refused");
    }

    @Test
    void changedBytesAreRefusedOrDecodeToAnEntryThatSurvivesARoundTrip()
            throws JournalEntryCodec.MalformedException {
        var random = new Random(7);
        byte[] bytes = JournalEntryCodec.encode(everyRole(List.of(1, 2, 3)));
        int decoded = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            Optional<JournalEntry.Round> round = decode(changed);
            if (round.isPresent()) {
                assertEquals(Role.values().length, round.get().messages().size());
                assertEquals(round.get(), roundTrip(round.get()));
                decoded++;
            }
        }
        assertTrue(decoded > 1_000 && decoded < 19_000, decoded + " decoded");
    }

    private static Optional<JournalEntry.Round> decode(byte[] bytes) {
        try {
            return Optional.of(
                    (JournalEntry.Round) JournalEntryCodec.decode(JournalEntryCodec.ROUND, ByteBuffer.wrap(bytes)));
        } catch (JournalEntryCodec.MalformedException _) {
            return Optional.empty();
        }
    }

    private static long allocatedBytes(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
