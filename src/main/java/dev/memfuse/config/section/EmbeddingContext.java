package dev.memfuse.config.section;

/// Text that is embedded together with a message. The stored text is the message alone.
public enum EmbeddingContext {
    /// None: the message alone.
    NONE,
    /// The last sentence of the previous message of the session, so that an answer is found by its question.
    PREVIOUS
}
