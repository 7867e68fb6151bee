package dev.memfuse.load.process;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.load.measure.Texts;

/// The arguments of calls of the engine as bytes.
final class CallBytes {
    private static final Role[] ROLES = Role.values();

    private CallBytes() {}

    static void write(UUID id, DataOutput out) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    static UUID readId(DataInput in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    static void write(SessionKey session, DataOutput out) throws IOException {
        write(session.userId(), out);
        write(session.sessionId(), out);
    }

    static SessionKey readSession(DataInput in) throws IOException {
        return new SessionKey(readId(in), readId(in));
    }

    static void write(List<NewMessage> messages, DataOutput out) throws IOException {
        out.writeInt(messages.size());
        for (NewMessage message : messages) {
            write(message.id(), out);
            out.writeByte(message.role().ordinal());
            Instant at = message.createdAt();
            out.writeLong(at.getEpochSecond());
            out.writeInt(at.getNano());
            Texts.write(message.content(), out);
        }
    }

    static List<NewMessage> readMessages(DataInput in) throws IOException {
        int count = in.readInt();
        List<NewMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            UUID id = readId(in);
            Role role = ROLES[in.readByte()];
            Instant at = Instant.ofEpochSecond(in.readLong(), in.readInt());
            messages.add(new NewMessage(id, role, Texts.read(in), at));
        }
        return messages;
    }
}
