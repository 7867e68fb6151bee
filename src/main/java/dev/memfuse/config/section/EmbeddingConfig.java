package dev.memfuse.config.section;

/// Section `embedding`. A change of model or context makes the stored vectors stale until they are recomputed. The
/// other keys affect speed only.
///
/// @param model model that computes the vectors
/// @param context text that is embedded together with a message
/// @param batchSize maximum number of texts in one call of the model, 1..64
/// @param threads number of threads for bulk embedding, 1..64; 0 uses one per processor; queries do not wait for them
/// @param backgroundShare share of one processor that embeds stored messages in the background while no operation runs,
///        0..1; a tenth of it while operations run; 0 embeds none
public record EmbeddingConfig(EmbeddingModelKind model, EmbeddingContext context, int batchSize, int threads,
        double backgroundShare) {}
