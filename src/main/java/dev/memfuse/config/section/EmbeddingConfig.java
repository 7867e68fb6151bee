package dev.memfuse.config.section;

/// Section `embedding`. The first two decide what a vector is; a change makes the stored vectors stale until they are
/// embedded again. The others decide how fast.
///
/// @param model which model makes the vectors
/// @param context what is embedded together with a message
/// @param batchSize most texts in one call of the model, 1..64
/// @param threads threads that embed in bulk, 1..64; 0 takes one for each processor. A query never waits for them.
public record EmbeddingConfig(EmbeddingModelKind model, EmbeddingContext context, int batchSize, int threads) {}
