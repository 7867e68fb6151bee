package dev.memfuse.engine.spi;

import java.util.List;
import java.util.UUID;

/// A piece of text within the encoder's window, with its vector.
///
/// @param id UUIDv7
/// @param messageIds the messages it holds, at least one
/// @param strategy how it was cut: `message` or `token_based`
/// @param tokens word pieces of the encoder
/// @param vector normalised embedding
/// @param model name of the embedding model
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
public record Chunk(UUID id, List<UUID> messageIds, String content, String strategy, int tokens, float[] vector,
        String model) {}
