package dev.memfuse.engine.spi;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;

/// A round to store: the messages of one `addBatch` call.
///
/// @param id UUIDv7
/// @param tokens token counts of the first messages, in the order of `messages`; the others were not counted
/// @param chunks embedded chunks to store with the messages; extraction builds the rest of M1
/// @param layers layers that extraction builds from this round
public record StoredRound(UUID id, SessionKey session, Instant createdAt, List<NewMessage> messages,
        List<Integer> tokens, List<Chunk> chunks, Set<DerivedLayer> layers) {

    /// Returns the round in another session.
    public StoredRound in(SessionKey other) {
        return other.equals(session) ? this : new StoredRound(id, other, createdAt, messages, tokens, chunks, layers);
    }

    /// Returns the number of tokens of the message at `index`, if counted.
    public OptionalInt tokensOf(int index) {
        return index < tokens.size() ? OptionalInt.of(tokens.get(index)) : OptionalInt.empty();
    }
}
