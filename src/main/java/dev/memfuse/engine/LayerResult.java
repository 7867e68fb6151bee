package dev.memfuse.engine;

/// What became of one layer of one round.
///
/// @param status where it is
/// @param attempts how often it was begun
/// @param note a sentence of the last attempt: why it failed, or what it had to do without; may be empty
public record LayerResult(DerivedLayer layer, AddResult.LayerStatus status, int attempts, String note) {}
