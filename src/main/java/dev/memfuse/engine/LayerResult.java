package dev.memfuse.engine;

/// Extraction status of one round in one layer.
///
/// @param attempts number of attempts started
/// @param note a sentence about the last attempt: why it failed, or why its result is incomplete; may be empty
public record LayerResult(DerivedLayer layer, AddResult.LayerStatus status, int attempts, String note) {}
