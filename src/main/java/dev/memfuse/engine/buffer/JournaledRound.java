package dev.memfuse.engine.buffer;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;

/// A round whose texts are in the journal only; they are read back when the round is stored or read. Takes about fifty
/// bytes of memory, so that neither a long outage nor a recovery fills the heap.
public final class JournaledRound implements PendingRound {
    private static final long[] NONE = {};

    private final SessionKey session;
    private final long lsn;
    private final int textBytes;
    private final long firstId;
    /// Half of the id of each message after the first one.
    private final long[] otherIds;

    private JournaledRound(SessionKey session, long lsn, int textBytes, long firstId, long[] otherIds) {
        this.session = session;
        this.lsn = lsn;
        this.textBytes = textBytes;
        this.firstId = firstId;
        this.otherIds = otherIds;
    }

    /// Creates a round.
    ///
    /// @param session shared with other rounds of the session
    /// @param lsn log sequence number in the journal, positive
    /// @param messages its messages, at least one; not kept
    static JournaledRound of(SessionKey session, long lsn, List<NewMessage> messages) {
        long[] others = messages.size() == 1
                ? NONE
                : messages.stream().skip(1).mapToLong(message -> half(message.id())).toArray();
        return new JournaledRound(session, lsn, (int) Math.min(Integer.MAX_VALUE, BufferedRound.textBytes(messages)),
                half(messages.getFirst().id()), others);
    }

    private static long half(UUID id) {
        return id.getLeastSignificantBits();
    }

    /// Returns whether the round may hold one of these messages; true for few others.
    boolean mayHold(Set<Long> halves) {
        if (halves.contains(firstId)) {
            return true;
        }
        for (long other : otherIds) {
            if (halves.contains(other)) {
                return true;
            }
        }
        return false;
    }

    /// Returns the part of the ids that [#mayHold] compares.
    static Set<Long> halves(Collection<UUID> ids) {
        return Set.copyOf(ids.stream().map(JournaledRound::half).toList());
    }

    @Override
    public SessionKey session() {
        return session;
    }

    @Override
    public long lsn() {
        return lsn;
    }

    @Override
    public int messageCount() {
        return 1 + otherIds.length;
    }

    @Override
    public long textBytes() {
        return textBytes;
    }
}
