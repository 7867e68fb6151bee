package dev.memfuse.engine.memory.text;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.Claim;

/// A sentence that states a fact.
///
/// @param content its text
/// @param type `personal`, `preference`, `decision`, `temporal` or `general`
/// @param confidence 0..1
/// @param entities names it mentions
/// @param happenedAt time it states
/// @param claim its claim about a property with one value at a time
public record Statement(String content, String type, double confidence, List<String> entities,
        Optional<Instant> happenedAt, Optional<Claim> claim) {}
