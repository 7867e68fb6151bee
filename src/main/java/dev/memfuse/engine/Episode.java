package dev.memfuse.engine;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What happened in one round, in few words (M1).
///
/// @param id UUIDv7
/// @param messageIds the messages it tells of, in their order
/// @param title a few words
/// @param summary a few sentences
/// @param method how it was written
/// @param startedAt time of the first message
/// @param endedAt time of the last message
/// @param vector normalised embedding of title and summary
/// @param model name of the embedding model
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
public record Episode(UUID id, SessionKey session, UUID roundId, List<UUID> messageIds, String title, String summary,
        Method method, Instant startedAt, Instant endedAt, float[] vector, String model) {

    /// How an episode was written.
    public enum Method {
        /// From its own sentences.
        EXTRACTIVE,
        /// By a language model.
        LANGUAGE_MODEL
    }
}
