package dev.memfuse.config.section;

/// The embedding models that come with the program. Both give vectors of the same length.
public enum EmbeddingModelKind {
    /// all-MiniLM-L6-v2, quantized: the faster one.
    ALL_MINILM_L6_V2,
    /// bge-small-en-v1.5, quantized: finds more, at about half the speed.
    BGE_SMALL_EN_V15
}
