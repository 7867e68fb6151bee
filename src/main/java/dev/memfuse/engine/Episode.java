package dev.memfuse.engine;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Summary of one round (M1).
///
/// @param id UUIDv7
/// @param messageIds messages of the round, in their order
/// @param title a few words
/// @param summary a few sentences
/// @param method how the summary was written
/// @param startedAt time of the earliest message
/// @param endedAt time of the latest message
/// @param vector normalised mean of the vectors of the chunks of its messages
/// @param model name of these vectors, and of the way in which they were combined
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
public record Episode(UUID id, SessionKey session, UUID roundId, List<UUID> messageIds, String title, String summary,
        Method method, Instant startedAt, Instant endedAt, float[] vector, String model) {

    /// Method of summarisation.
    public enum Method {
        /// Sentences selected from the messages.
        EXTRACTIVE,
        /// Text written by a language model.
        LANGUAGE_MODEL
    }
}
