package dev.memfuse.engine.buffer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.StoredRound;

/// A round in the buffers: its messages, their token counts, and their chunks once the transfer has embedded them.
///
/// @param tokens token counts of the first messages, in their order: of all messages, or until the sum exceeds the
///        RoundBuffer's limit
/// @param chunks empty before the transfer and when embedding failed
/// @param lsn log sequence number in the journal; 0 when the round is not journaled
public record BufferedRound(UUID id, SessionKey session, Instant createdAt, List<NewMessage> messages,
        List<Integer> tokens, List<Chunk> chunks, long lsn) implements PendingRound {
    /// Estimated size of a message, of a vector and of a round in memory, without texts.
    private static final int MESSAGE_BYTES = 128;
    private static final int ROUND_BYTES = 160;

    static long textBytes(List<NewMessage> messages) {
        long bytes = ROUND_BYTES;
        for (NewMessage message : messages) {
            bytes += MESSAGE_BYTES + 2L * message.content().length();
        }
        return bytes;
    }

    @Override
    public int messageCount() {
        return messages.size();
    }

    @Override
    public long textBytes() {
        return textBytes(messages);
    }

    /// Returns the estimated size in memory, with vectors, in bytes.
    long heapBytes() {
        long bytes = textBytes();
        for (Chunk chunk : chunks) {
            bytes += MESSAGE_BYTES + 2L * chunk.content().length() + (long) Float.BYTES * chunk.vector().length;
        }
        return bytes;
    }

    /// Returns the sum of the token counts: of the whole round, or a number above the RoundBuffer's limit.
    int totalTokens() {
        return tokens.stream().mapToInt(Integer::intValue).sum();
    }

    BufferedRound withChunks(List<Chunk> embedded) {
        return new BufferedRound(id, session, createdAt, messages, tokens, List.copyOf(embedded), lsn);
    }

    /// Returns the round without some messages and without chunks, which would still hold their texts.
    BufferedRound without(Collection<UUID> messageIds) {
        List<NewMessage> left = new ArrayList<>();
        List<Integer> leftTokens = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (!messageIds.contains(messages.get(i).id())) {
                left.add(messages.get(i));
                if (i < tokens.size()) {
                    leftTokens.add(tokens.get(i));
                }
            }
        }
        return left.size() == messages.size()
                ? this
                : new BufferedRound(id, session, createdAt, List.copyOf(left), List.copyOf(leftTokens), List.of(),
                        lsn);
    }

    /// Returns the messages as readers see them.
    Stream<Message> read(Message.Origin origin) {
        return messages.stream().map(message -> new Message(message.id(), session, id, Message.UNASSIGNED,
                message.role(), message.content(), message.createdAt(), Optional.empty(), origin));
    }

    /// Returns the round as storage takes it.
    ///
    /// @param layers layers to build from the round; chunks are stored only if M1 is among them
    public StoredRound toStored(Set<DerivedLayer> layers) {
        boolean keepChunks = layers.contains(DerivedLayer.M1);
        return new StoredRound(id, session, createdAt, messages, tokens, keepChunks ? chunks : List.of(), layers);
    }
}
