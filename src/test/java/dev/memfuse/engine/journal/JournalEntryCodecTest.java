package dev.memfuse.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import org.junit.jupiter.api.Test;

class JournalEntryCodecTest {
    private static final Instant AT = Instant.parse("1969-12-31T23:59:59.999999Z");

    private static JournalEntry again(JournalEntry entry) throws JournalEntryCodec.MalformedException {
        return JournalEntryCodec.decode(JournalEntryCodec.type(entry),
                ByteBuffer.wrap(JournalEntryCodec.encode(entry)));
    }

    private static JournalEntry.Round everyRole(List<Integer> tokens) {
        return new JournalEntry.Round(UUID.randomUUID(), TestJournal.SESSION, AT, Arrays.stream(Role.values())
                .map(role -> new NewMessage(UUID.randomUUID(), role, "ünï🙂 " + role, AT)).toList(), tokens);
    }

    @Test
    void roundsComeBackAsTheyWere() throws JournalEntryCodec.MalformedException {
        for (List<Integer> tokens : List.of(List.of(1, 0, 700_000), List.of(1), List.<Integer>of())) {
            JournalEntry.Round round = everyRole(tokens);

            assertEquals(round, again(round));
        }
    }

    @Test
    void erasuresComeBackAsTheyWere() throws JournalEntryCodec.MalformedException {
        UUID user = UUID.randomUUID();
        Optional<UUID> session = Optional.of(UUID.randomUUID());
        for (JournalEntry erasure : List.of(new JournalEntry.Erasure(user, Optional.empty(), Set.of()),
                new JournalEntry.Erasure(user, session, Set.of()),
                new JournalEntry.Erasure(user, session, Set.of(new UUID(1, 2), new UUID(3, 4))))) {
            assertEquals(erasure, again(erasure));
        }
    }

    @Test
    void refusesTruncatedBytesAndBytesTooMany() {
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

    /// A count of two thousand million in a small entry would ask for gigabytes, were it believed.
    @Test
    void hostileCountsAllocateNothing() {
        byte[] bytes = JournalEntryCodec.encode(everyRole(List.of(1, 2, 3)));
        for (int offset = 0; offset + Integer.BYTES <= bytes.length; offset++) {
            byte[] hostile = bytes.clone();
            ByteBuffer.wrap(hostile).putInt(offset, Integer.MAX_VALUE);
            decodeOrRefuse(hostile);
        }
    }

    @Test
    void randomBytesAreRefusedOrDecodedButNeverThrowAnythingElse() {
        var random = new Random(7);
        byte[] bytes = JournalEntryCodec.encode(everyRole(List.of(1, 2, 3)));
        for (int i = 0; i < 20_000; i++) {
            byte[] hostile = bytes.clone();
            hostile[random.nextInt(hostile.length)] = (byte) random.nextInt();
            hostile[random.nextInt(hostile.length)] = (byte) random.nextInt();
            decodeOrRefuse(hostile);
        }
    }

    private static void decodeOrRefuse(byte[] hostile) {
        try {
            assertEquals(3,
                    ((JournalEntry.Round) JournalEntryCodec.decode(JournalEntryCodec.ROUND, ByteBuffer.wrap(hostile)))
                            .messages().size());
        } catch (JournalEntryCodec.MalformedException e) {
            assertEquals(JournalEntryCodec.MalformedException.class, e.getClass());
        }
    }
}
