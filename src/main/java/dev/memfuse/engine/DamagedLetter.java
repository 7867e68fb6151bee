package dev.memfuse.engine;

import java.util.UUID;

/// A dead letter whose file is damaged, so that its messages cannot be read.
///
/// @param userId id under which its user is known here
/// @param roundId id of the round
/// @param bytes size on the disk
/// @param reason problem of the file, a sentence
public record DamagedLetter(UUID userId, UUID roundId, long bytes, String reason) {}
