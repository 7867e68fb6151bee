package dev.memfuse.engine.memory.text;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.Claim;

/// A sentence that states something worth remembering.
///
/// @param content its words
/// @param type personal, preference, decision, temporal or general
/// @param confidence 0..1
/// @param entities names it mentions
/// @param happenedAt the time it names
/// @param claim what it says of a property that has one value at a time
public record Statement(String content, String type, double confidence, List<String> entities,
        Optional<Instant> happenedAt, Optional<Claim> claim) {}
