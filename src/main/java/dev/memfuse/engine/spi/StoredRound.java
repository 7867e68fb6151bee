package dev.memfuse.engine.spi;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;

/// A round on its way into storage: the messages of one `addBatch`.
///
/// @param id UUIDv7
/// @param tokens tokens of the first messages in the order of `messages`; those of the others were not counted
/// @param chunks M1 chunks made already, to be stored with the messages; the rest of M1 is left to extraction
/// @param layers layers that shall still be built from this round
public record StoredRound(UUID id, SessionKey session, Instant createdAt, List<NewMessage> messages,
        List<Integer> tokens, List<Chunk> chunks, java.util.Set<DerivedLayer> layers) {

    /// Tokens of the message at `index`, if counted.
    public OptionalInt tokensOf(int index) {
        return index < tokens.size() ? OptionalInt.of(tokens.get(index)) : OptionalInt.empty();
    }
}
