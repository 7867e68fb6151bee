package dev.memfuse.engine.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Stored vectors of a round.
///
/// @param chunks vectors of its chunks
/// @param messages vectors of whole messages that were embedded while M1 was off
public record RoundVectors(List<Stored> chunks, List<Stored> messages) {

    public RoundVectors {
        chunks = List.copyOf(chunks);
        messages = List.copyOf(messages);
    }

    /// A stored vector.
    ///
    /// @param messageIds the messages that its text is of
    /// @param vector normalised
    /// @param model name of the model, with its context
    @SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
    public record Stored(List<UUID> messageIds, float[] vector, String model) {
        public Stored {
            messageIds = List.copyOf(messageIds);
        }
    }

    /// Returns the messages that are in chunks already.
    public Set<UUID> chunkedMessages() {
        return chunks.stream().flatMap(chunk -> chunk.messageIds().stream()).collect(Collectors.toSet());
    }

    /// Returns the vector of a whole message.
    ///
    /// @param model name that the vector must have
    public Optional<float[]> ofMessage(UUID messageId, String model) {
        return messages.stream()
                .filter(stored -> stored.model().equals(model) && stored.messageIds().contains(messageId))
                .map(Stored::vector).findFirst();
    }
}
