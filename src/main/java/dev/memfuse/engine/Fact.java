package dev.memfuse.engine;

import java.util.List;
import java.util.UUID;

/// Something a user said that is worth remembering by itself (M2).
///
/// @param id UUIDv7
/// @param messageIds where it was said
/// @param type personal, preference, decision, temporal or general
/// @param confidence 0..1
/// @param entities names it mentions
/// @param vector normalised embedding of the content
/// @param model name of the embedding model
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
public record Fact(UUID id, List<UUID> messageIds, String content, String type, double confidence,
        List<String> entities, float[] vector, String model) {}
