package dev.memfuse.engine.retrieval;

/// The embedding model whose vectors an index holds.
///
/// @param name as it is stored beside the vectors of chunks
/// @param factName as it is stored beside the vectors of facts, which have no context
/// @param dimension length of the vectors, a multiple of 4
public record EmbeddingSpace(String name, String factName, int dimension) {
    /// A model that embeds chunks and facts alike.
    public EmbeddingSpace(String name, int dimension) {
        this(name, name, dimension);
    }
}
