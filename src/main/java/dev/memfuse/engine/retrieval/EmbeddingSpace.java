package dev.memfuse.engine.retrieval;

/// Identity of the vectors in an index. Only vectors of one space can be compared.
///
/// @param name model name stored with the vectors of chunks
/// @param factName model name stored with the vectors of facts, which are embedded without context
/// @param dimension length of the vectors, a multiple of 4
public record EmbeddingSpace(String name, String factName, int dimension) {
    /// A space in which chunks and facts are embedded alike.
    public EmbeddingSpace(String name, int dimension) {
        this(name, name, dimension);
    }
}
