package dev.memfuse.config.section;

/// The embedding models that are part of the program. Their vectors have the same length.
public enum EmbeddingModelKind {
    /// all-MiniLM-L6-v2, quantized. The faster model.
    ALL_MINILM_L6_V2,
    /// bge-small-en-v1.5, quantized. Higher recall at about half the speed.
    BGE_SMALL_EN_V15
}
