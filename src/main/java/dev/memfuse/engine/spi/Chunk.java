package dev.memfuse.engine.spi;

import java.util.List;
import java.util.UUID;

/// A piece of text that fits into the model's window, with its vector.
///
/// @param id UUIDv7
/// @param messageIds messages whose text it holds, at least one
/// @param strategy chunking strategy: `message` or `token_based`
/// @param tokens number of the model's word pieces
/// @param vector normalised embedding
/// @param model name of the embedding model
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
public record Chunk(UUID id, List<UUID> messageIds, String content, String strategy, int tokens, float[] vector,
        String model) {}
