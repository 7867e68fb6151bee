package dev.memfuse.engine.buffer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.StoredRound;

/// One round in the buffers: its messages, their tokens, and the chunks once the transfer has embedded them.
///
/// @param tokens of the first messages, in their order: all of them, or as many as it took to exceed the RoundBuffer's
///        limit
/// @param chunks empty before the transfer and when embedding failed
/// @param lsn its place in the journal; 0 when it is in none
public record BufferedRound(UUID id, SessionKey session, Instant createdAt, List<NewMessage> messages,
        List<Integer> tokens, List<Chunk> chunks, long lsn) {

    /// Tokens counted: of the whole round, or more than the RoundBuffer's limit.
    int totalTokens() {
        return tokens.stream().mapToInt(Integer::intValue).sum();
    }

    BufferedRound withChunks(List<Chunk> made) {
        return new BufferedRound(id, session, createdAt, messages, tokens, List.copyOf(made), lsn);
    }

    /// The round without some messages. Its chunks go too: they would still hold the texts.
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

    Stream<Message> read(Message.Origin origin) {
        return messages.stream().map(message -> new Message(message.id(), session, id, Message.UNASSIGNED,
                message.role(), message.content(), message.createdAt(), origin));
    }

    /// The round as storage takes it.
    ///
    /// @param layers layers still to be built; M1 is left out when the chunks are there
    public StoredRound toStored(java.util.Set<dev.memfuse.engine.DerivedLayer> layers) {
        boolean keepChunks = layers.contains(dev.memfuse.engine.DerivedLayer.M1);
        return new StoredRound(id, session, createdAt, messages, tokens, keepChunks ? chunks : List.of(), layers);
    }
}
