package dev.memfuse.engine;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Something that was said and is worth remembering by itself (M2).
///
/// @param id UUIDv7
/// @param session where it was first said
/// @param roundId the round of its first message
/// @param messageIds where it was said; the first one holds its words, the others say the same
/// @param type personal, preference, decision, temporal or general
/// @param confidence 0..1
/// @param entities names it mentions
/// @param claim what it says of a property that has one value at a time, where that could be read
/// @param time when it was said and when it holds
/// @param vector normalised embedding of the content
/// @param model name of the embedding model
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
public record Fact(UUID id, SessionKey session, UUID roundId, List<UUID> messageIds, String content, String type,
        double confidence, List<String> entities, Optional<Claim> claim, FactTime time, float[] vector,
        String model) {

    /// The same fact at another time.
    public Fact at(FactTime other) {
        return new Fact(id, session, roundId, messageIds, content, type, confidence, entities, claim, other, vector,
                model);
    }
}
