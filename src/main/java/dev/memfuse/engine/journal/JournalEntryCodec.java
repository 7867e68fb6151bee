package dev.memfuse.engine.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.InvalidValueException;

/// Encodes entries as bytes: a version, then fields of fixed width, then counted lists. Decoding checks each count
/// against the remaining bytes before it allocates memory.
final class JournalEntryCodec {
    static final int ROUND = 1;
    static final int ERASURE = 2;
    static final int CREATION = 5;
    private static final byte VERSION = 1;
    private static final int UUID_BYTES = 16;
    private static final int TIME_BYTES = 12;
    private static final int ROUND_BYTES = 1 + 3 * UUID_BYTES + TIME_BYTES + 2 * Integer.BYTES;
    private static final int MESSAGE_BYTES = UUID_BYTES + 1 + TIME_BYTES + Integer.BYTES;
    private static final int CREATION_BYTES = 2 + 3 * UUID_BYTES + TIME_BYTES + Integer.BYTES;
    private static final byte USER = 1;
    private static final byte AGENT = 2;
    private static final byte SESSION = 3;
    private static final UUID NO_ID = new UUID(0, 0);
    private static final int ERASURE_BYTES = 2 + 2 * UUID_BYTES + Integer.BYTES;
    private static final long NANOS_PER_MICRO = 1_000;

    /// The bytes are not an entry of this version.
    static final class MalformedException extends Exception {
        MalformedException(String message) {
            super(message);
        }

        MalformedException(Exception cause) {
            super(cause);
        }
    }

    private JournalEntryCodec() {}

    /// Returns the type of an entry, as a record stores it.
    static int type(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Round _ -> ROUND;
            case JournalEntry.Erasure _ -> ERASURE;
            case JournalEntry.Creation _ -> CREATION;
        };
    }

    /// Returns the bytes of an entry.
    ///
    /// @throws JournalException when they exceed [RecordFormat#MAX_PAYLOAD]
    static byte[] encode(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Round round -> encodeRound(round);
            case JournalEntry.Erasure erasure -> encodeErasure(erasure);
            case JournalEntry.CreatedUser(User user) ->
                encodeCreation(USER, user.id(), user.id(), NO_ID, user.createdAt(), user.name());
            case JournalEntry.CreatedAgent(Agent agent) ->
                encodeCreation(AGENT, agent.userId(), agent.id(), NO_ID, agent.createdAt(), agent.name());
            case JournalEntry.CreatedSession(Session session) ->
                encodeCreation(SESSION, session.key().userId(), session.key().sessionId(), session.agentId(),
                        session.createdAt(), session.name());
        };
    }

    private static byte[] encodeRound(JournalEntry.Round round) {
        List<byte[]> contents = round.messages().stream()
                .map(message -> message.content().getBytes(StandardCharsets.UTF_8)).toList();
        long size = ROUND_BYTES + contents.stream().mapToLong(content -> MESSAGE_BYTES + content.length).sum()
                + (long) Integer.BYTES * round.tokens().size();
        ByteBuffer to = ByteBuffer.allocate(requireSize(size)).put(VERSION);
        putId(to, round.roundId());
        putId(to, round.session().userId());
        putId(to, round.session().sessionId());
        putTime(to, round.createdAt());
        to.putInt(round.messages().size());
        for (int i = 0; i < contents.size(); i++) {
            putMessage(to, round.messages().get(i), contents.get(i));
        }
        to.putInt(round.tokens().size());
        round.tokens().forEach(to::putInt);
        return to.array();
    }

    private static int requireSize(long size) {
        if (size > RecordFormat.MAX_PAYLOAD) {
            throw new JournalException("A round of " + size + " bytes is too large for the journal, which takes "
                    + RecordFormat.MAX_PAYLOAD + " at most. Add fewer messages at a time.");
        }
        return (int) size;
    }

    private static void putMessage(ByteBuffer to, NewMessage message, byte[] content) {
        putId(to, message.id());
        to.put(code(message.role()));
        putTime(to, message.createdAt());
        to.putInt(content.length).put(content);
    }

    private static byte[] encodeCreation(byte kind, UUID userId, UUID id, UUID agentId, Instant createdAt,
            String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer to = ByteBuffer.allocate(requireSize((long) CREATION_BYTES + text.length)).put(VERSION).put(kind);
        putId(to, userId);
        putId(to, id);
        putId(to, agentId);
        putTime(to, createdAt);
        to.putInt(text.length).put(text);
        return to.array();
    }

    private static byte[] encodeErasure(JournalEntry.Erasure erasure) {
        long size = ERASURE_BYTES + (long) UUID_BYTES * erasure.messageIds().size();
        ByteBuffer to = ByteBuffer.allocate(requireSize(size)).put(VERSION);
        to.put((byte) (erasure.sessionId().isPresent() ? 1 : 0));
        putId(to, erasure.userId());
        putId(to, erasure.sessionId().orElse(new UUID(0, 0)));
        to.putInt(erasure.messageIds().size());
        erasure.messageIds().forEach(id -> putId(to, id));
        return to.array();
    }

    /// Decodes an entry from the remaining bytes of a buffer.
    static JournalEntry decode(int type, ByteBuffer from) throws MalformedException {
        try {
            if (from.get() != VERSION) {
                throw new MalformedException("The entry is of another version.");
            }
            JournalEntry entry = switch (type) {
                case ROUND -> decodeRound(from);
                case ERASURE -> decodeErasure(from);
                case CREATION -> decodeCreation(from);
                default -> throw new MalformedException("The entry is of an unknown type.");
            };
            if (from.hasRemaining()) {
                throw new MalformedException("The entry is longer than its contents.");
            }
            return entry;
        } catch (BufferUnderflowException | IllegalArgumentException | InvalidValueException | DateTimeException
                | ArithmeticException e) {
            throw new MalformedException(e);
        }
    }

    private static JournalEntry.Round decodeRound(ByteBuffer from) throws MalformedException {
        UUID roundId = id(from);
        SessionKey session = new SessionKey(id(from), id(from));
        Instant createdAt = time(from);
        int count = count(from, MESSAGE_BYTES);
        List<NewMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(message(from));
        }
        int tokenCount = count(from, Integer.BYTES);
        List<Integer> tokens = new ArrayList<>(tokenCount);
        for (int i = 0; i < tokenCount; i++) {
            tokens.add(from.getInt());
        }
        return new JournalEntry.Round(roundId, session, createdAt, messages, tokens);
    }

    private static NewMessage message(ByteBuffer from) throws MalformedException {
        UUID id = id(from);
        Role role = role(from.get());
        Instant createdAt = time(from);
        byte[] content = new byte[count(from, 1)];
        from.get(content);
        return new NewMessage(id, role, new String(content, StandardCharsets.UTF_8), createdAt);
    }

    private static JournalEntry.Creation decodeCreation(ByteBuffer from) throws MalformedException {
        byte kind = from.get();
        UUID userId = id(from);
        UUID id = id(from);
        UUID agentId = id(from);
        Instant createdAt = time(from);
        byte[] text = new byte[count(from, 1)];
        from.get(text);
        String name = new String(text, StandardCharsets.UTF_8);
        return switch (kind) {
            case USER -> new JournalEntry.CreatedUser(new User(userId, name, createdAt));
            case AGENT -> new JournalEntry.CreatedAgent(new Agent(userId, id, name, createdAt));
            case SESSION ->
                new JournalEntry.CreatedSession(new Session(new SessionKey(userId, id), agentId, name, createdAt));
            default -> throw new MalformedException("The entry creates something unknown.");
        };
    }

    private static JournalEntry.Erasure decodeErasure(ByteBuffer from) throws MalformedException {
        boolean hasSession = from.get() == 1;
        UUID user = id(from);
        UUID session = id(from);
        int count = count(from, UUID_BYTES);
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            ids.add(id(from));
        }
        return new JournalEntry.Erasure(user, hasSession ? Optional.of(session) : Optional.empty(), ids);
    }

    /// Reads a count and checks it against the remaining bytes.
    private static int count(ByteBuffer from, int bytesPerItem) throws MalformedException {
        int count = from.getInt();
        if (count < 0 || count > from.remaining() / bytesPerItem) {
            throw new MalformedException("A count exceeds the length of the entry.");
        }
        return count;
    }

    private static void putId(ByteBuffer to, UUID id) {
        to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID id(ByteBuffer from) {
        return new UUID(from.getLong(), from.getLong());
    }

    private static void putTime(ByteBuffer to, Instant time) {
        to.putLong(time.getEpochSecond()).putInt(time.get(ChronoField.MICRO_OF_SECOND));
    }

    private static Instant time(ByteBuffer from) {
        return Instant.ofEpochSecond(from.getLong(), from.getInt() * NANOS_PER_MICRO);
    }

    private static byte code(Role role) {
        return switch (role) {
            case USER -> 1;
            case ASSISTANT -> 2;
            case SYSTEM -> 3;
            case TOOL -> 4;
            case DEVELOPER -> 5;
        };
    }

    private static Role role(byte code) throws MalformedException {
        return switch (code) {
            case 1 -> Role.USER;
            case 2 -> Role.ASSISTANT;
            case 3 -> Role.SYSTEM;
            case 4 -> Role.TOOL;
            case 5 -> Role.DEVELOPER;
            default -> throw new MalformedException("The entry names an unknown role.");
        };
    }
}
