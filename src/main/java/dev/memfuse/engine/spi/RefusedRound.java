package dev.memfuse.engine.spi;

import java.util.UUID;

/// Key of a round that became a dead letter.
///
/// @param userId id under which its user was known
public record RefusedRound(UUID userId, UUID roundId) {}
